using ChatHub.Server.Changes;

namespace ChatHub.Server.People;

/// <summary>Registers the module.</summary>
public static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleStore>()
        .AddSingleton<SearchStore>()
        .AddSingleton<FollowStore>()
        .AddSingleton<HiddenWordsStore>()
        .AddSingleton<CredentialStore>()
        .AddSingleton<MeStore>()
        .AddSingleton<IMeReader>(provider => provider.GetRequiredService<MeStore>())
        .AddSingleton<MeService>()
        .AddSingleton<SearchService>()
        .AddSingleton<PeopleLists>()
        .AddSingleton<IntroService>()
        .AddSingleton<AccountService>()
        .AddSingleton<RefreshSessions>()
        .AddSingleton<AvatarService>()
        .AddSingleton<DirectoryService>()
        .AddSingleton<DirectoryImport>()
        .AddSingleton<PeopleUseCases>();
}
