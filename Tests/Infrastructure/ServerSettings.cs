namespace ChatHub.Tests.Infrastructure;

/// <summary>The settings that test servers start with: any port, and the limits on load out of the way.</summary>
public static class ServerSettings
{
    /// <summary>Known, so that tests can make tokens of their own and look for it where it must not be.</summary>
    public const string SigningKey = "a-signing-key-that-only-tests-ever-use-0123456789";

    /// <summary>The username that tests give the role moderator.</summary>
    public const string Moderator = "the_moderator";

    /// <summary>The key of the host application: role service.</summary>
    public const string ServiceKey = "a-service-key-that-only-tests-ever-use";

    public static Dictionary<string, string> For(TestDatabase database, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Auth:SigningKey"] = SigningKey,
            ["Auth:ServiceKeys:0"] = ServiceKey,
            // Accounts that tests make are all new.
            ["Messaging:NewAccountRequestsPerDay"] = "10000",
            ["Limits:CallsPerSecond"] = "100000",
            ["Limits:Burst"] = "100000",
            ["Limits:ConnectionsPerUser"] = "1000",
            ["Limits:MessagesPerChatPerMinute"] = "1000000",
            ["Limits:SignUpsPerMinute"] = "100000",
        };
        foreach (var (key, value) in (ReadOnlySpan<(string, string)>)[.. database.Settings, .. more])
            settings[key] = value;
        return settings;
    }
}
