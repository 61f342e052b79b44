namespace ChatHub.Server.People;

/// <summary>The module's use cases, as the hub calls them.</summary>
public sealed record PeopleUseCases(MeService Me, SearchService Search, PeopleLists Lists, IntroService Intros);
