using ChatHub.Benchmarks.Control;
using ChatHub.Benchmarks.Users;

namespace ChatHub.Benchmarks;

/// <summary>Starts the servers, all with the same settings.</summary>
public static class Servers
{
    /// <param name="serverPath">Its assembly.</param>
    /// <param name="folder">Where its database lies.</param>
    /// <param name="redis">Empty for one instance.</param>
    /// <param name="database">Null for the embedded one.</param>
    public static Task<ServerProcess> StartChatHubAsync(string serverPath, string folder, string redis = "", SqlServerDatabase? database = null) =>
        ServerProcess.StartAsync([serverPath], folder, Settings(folder, redis, database));

    /// <param name="serverPath">The assembly of ChatHub's server, whose runtime settings (garbage collector, tiering) the control takes, so that the two cannot drift apart.</param>
    /// <param name="folder">Its working folder.</param>
    public static Task<ServerProcess> StartControlAsync(string serverPath, string folder)
    {
        string[] arguments =
            ["exec", "--runtimeconfig", Path.ChangeExtension(serverPath, ".runtimeconfig.json"), typeof(ControlServer).Assembly.Location, "control"];
        return ServerProcess.StartAsync(arguments, folder, Settings(folder, redis: ""));
    }

    /// <summary>One logs as much as the other, and the limits are out of the way.</summary>
    private static Dictionary<string, string> Settings(string folder, string redis, SqlServerDatabase? database = null) => new()
    {
        ["Urls"] = "http://127.0.0.1:0",
        ["Logging__LogLevel__Default"] = "Information",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
        ["Storage__Provider"] = database is null ? "Sqlite" : "SqlServer",
        ["Storage__ConnectionString"] = database?.ConnectionString ?? $"Data Source={Path.Combine(folder, "chathub.db")}",
        ["Redis__Configuration"] = redis,
        ["Auth__SigningKey"] = BenchmarkTokens.SigningKey,
        ["Auth__ServiceKeys__0"] = UserDirectory.ServiceKey,
        ["Limits__CallsPerSecond"] = "1000000",
        ["Limits__Burst"] = "1000000",
        ["Limits__ConnectionsPerUser"] = "100",
        ["Limits__SignUpsPerMinute"] = "1000000",
        ["Limits__MessagesPerChatPerMinute"] = "1000000",
    };
}
