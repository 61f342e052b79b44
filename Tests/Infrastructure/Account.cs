using System.Net;
using ChatHub.Client;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A signed-up user of a test, with a name that no other test has.</summary>
public sealed class Account
{
    public const string Password = "correct horse battery";

    /// <summary>Later than any clock of a test.</summary>
    public static readonly DateTimeOffset FarAway = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

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
    /// <param name="birthDate">Of age by default.</param>
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

    /// <summary>
    /// A user whom the host application brings: no password to hash, and anything about them can be said. Bringing the
    /// same username again changes them.
    /// </summary>
    public static Task<Account> BringAsync(ITestServer server, DirectoryUserInput person) => BringAsync(server, person, $"host-{person.Username}");

    /// <summary>The same with an id of its own.</summary>
    public static async Task<Account> BringAsync(ITestServer server, DirectoryUserInput person, string id)
    {
        var answer = await server.HttpAsync("PUT", $"/api/directory/users/{id}", Credentials.Service, person);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return new(server.Address, new() { User = answer.Read<UserCard>(), AccessToken = TestTokens.Make(id, FarAway), ExpiresAt = FarAway });
    }

    public static Task<Account> BringAsync(ITestServer server, string name, string birthDate = "1990-05-17", bool isVerified = false) =>
        BringAsync(server, new()
        {
            Username = UniqueName(name),
            DisplayName = char.ToUpperInvariant(name[0]) + name[1..],
            BirthDate = birthDate,
            IsVerified = isVerified,
        });

    public static string UniqueName(string name) => $"{name}_{Interlocked.Increment(ref _counter):x}{Random.Shared.Next(0x1000):x3}";

    public Task<Device> ConnectAsync() => Device.ConnectAsync(_server, this);
}
