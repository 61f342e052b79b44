using ChatHub.Server.Embedding;

namespace ChatHub.Server.Hosting.Embedding;

/// <summary>The host's hooks, where it registered them: each call is made in a scope of the host's services.</summary>
internal static class HookAdapters
{
    public static void AddHookAdapters(this IServiceCollection services, IServiceProvider host)
    {
        var known = host.GetRequiredService<IServiceProviderIsService>();
        var scopes = host.GetRequiredService<IServiceScopeFactory>();
        if (known.IsService(typeof(IUserDirectory)))
            services.AddSingleton<IUserDirectory>(new Directory(scopes));
        if (known.IsService(typeof(IContactPolicy)))
            services.AddSingleton<IContactPolicy>(new Policy(scopes));
    }

    private sealed class Directory(IServiceScopeFactory scopes) : IUserDirectory
    {
        public async Task<IReadOnlyCollection<HostUser>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellation)
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IUserDirectory>().FindAsync(userIds, cancellation);
        }

        public async Task<bool?> FollowsAsync(string userId, string otherId, CancellationToken cancellation)
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IUserDirectory>().FollowsAsync(userId, otherId, cancellation);
        }
    }

    private sealed class Policy(IServiceScopeFactory scopes) : IContactPolicy
    {
        public async Task<ContactVerdict> DecideAsync(ContactQuestion question, CancellationToken cancellation)
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IContactPolicy>().DecideAsync(question, cancellation);
        }
    }
}
