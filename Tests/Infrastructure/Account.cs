using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A signed-up user of a test, with a name that no other test has.</summary>
public sealed class Account
{
    public const string Password = "correct horse battery";
    private static int _counter;

    private readonly Uri _server;

    /// <param name="server">Where.</param>
    /// <param name="session">However it was come by.</param>
    public Account(Uri server, Session session) => (_server, Session) = (server, session);

    public Session Session { get; }
    public string Id => Session.User.UserId;
    public string Username => Session.User.Username;
    public string Token => Session.AccessToken;

    /// <param name="server">Where.</param>
    /// <param name="name">The beginning of the username, and the display name's too.</param>
    /// <param name="birthDate">Of age, unless told otherwise.</param>
    public static async Task<Account> SignUpAsync(ITestServer server, string name, string birthDate = "1990-05-17")
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var session = await new ChatHubAccounts(http).SignUpAsync(new()
        {
            Username = UniqueName(name),
            Password = Password,
            BirthDate = birthDate,
            DisplayName = char.ToUpperInvariant(name[0]) + name[1..],
        });
        return new(server.Address, session);
    }

    public static string UniqueName(string name) => $"{name}_{Interlocked.Increment(ref _counter):x}{Random.Shared.Next(0x1000):x3}";

    public Task<Device> ConnectAsync() => Device.ConnectAsync(_server, this);
}
