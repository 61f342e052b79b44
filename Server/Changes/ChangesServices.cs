namespace ChatHub.Server.Changes;

/// <summary>Registers the module.</summary>
public static class ChangesServices
{
    public static IServiceCollection AddChanges(this IServiceCollection services) => services
        .AddSingleton<InboxStore>()
        .AddSingleton<ChangeRunner>()
        .AddSingleton<MeEvents>();
}
