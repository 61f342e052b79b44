using ChatHub.Contracts;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting;

/// <summary><c>--grant-moderator USERNAME</c> and <c>--revoke-moderator USERNAME</c>: beside a running server, or without one.</summary>
internal static class ModeratorCommand
{
    private const string Grant = "grant-moderator";
    private const string Revoke = "revoke-moderator";

    public static bool IsMeant(string[] args) => Array.Exists(args, arg => Is(arg, Grant) || Is(arg, Revoke));

    /// <summary>Throws <see cref="StorageException"/> with a sentence for the operator.</summary>
    public static async Task RunAsync(WebApplication app, string[] args, ILogger log)
    {
        var isGrant = Array.Exists(args, arg => Is(arg, Grant));
        var command = isGrant ? Grant : Revoke;
        if (app.Configuration[command] is not { Length: > 0 } username)
            throw new StorageException($"--{command} needs a username.");
        await app.Services.GetRequiredService<IDatabase>().InitializeAsync(CancellationToken.None);
        try
        {
            await app.Services.GetRequiredService<RoleService>().SetModeratorOfNameAsync(username, isGrant, CancellationToken.None);
        }
        catch (ChatHubException)
        {
            throw new StorageException($"There is no user '{username}'.");
        }

        if (isGrant)
            HostingLog.ModeratorGranted(log, username);
        else
            HostingLog.ModeratorRevoked(log, username);
    }

    private static bool Is(string arg, string command) =>
        arg == $"--{command}" || arg.StartsWith($"--{command}=", StringComparison.Ordinal);
}
