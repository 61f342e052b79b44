using ChatHub.Server.Changes;
using ChatHub.Server.People.Accounts;

namespace ChatHub.Server.People;

/// <summary>Registers the module.</summary>
public static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleStore>()
        .AddSingleton<SearchStore>()
        .AddSingleton<FollowStore>()
        .AddSingleton<HiddenWordsStore>()
        .AddSingleton<MeStore>()
        .AddSingleton<IMeReader>(provider => provider.GetRequiredService<MeStore>())
        .AddSingleton<MeService>()
        .AddSingleton<SearchService>()
        .AddSingleton<PeopleLists>()
        .AddSingleton<IntroService>()
        .AddSingleton<AvatarService>()
        .AddSingleton<DirectoryService>()
        .AddSingleton<HostUserReader>()
        .AddSingleton<HostDirectory>()
        .AddSingleton<ImportConflicts>()
        .AddSingleton<DirectoryImport>()
        .AddSingleton<PeopleUseCases>()
        .AddSingleton<WorkGate>()
        .AddAccounts();

    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<CredentialStore>()
        .AddSingleton<RetiredUsernameStore>()
        .AddSingleton<SessionStore>()
        .AddSingleton<SessionService>()
        .AddSingleton<PasswordHashing>()
        .AddSingleton<PasswordService>()
        .AddSingleton<InviteService>()
        .AddSingleton<RoleService>()
        .AddSingleton<AccountService>()
        .AddHostedService<EndedSessionWatch>();
}
