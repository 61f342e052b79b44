using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Tds;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Two applications on the SDK talk without a pause while their server's connections to SQL Server break, in commits too, its
/// transactions are chosen as deadlock victims, and the database goes away: nothing is lost, and nothing comes twice.
/// </summary>
[Collection(nameof(SerialCollection))]
public sealed class SqlServerLoadTests : IAsyncDisposable
{
    private const int BrokenConnections = 50;
    private const int Deadlocks = 50;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TdsError Deadlock = new(1205, 13, 51, "Transaction was deadlocked on lock resources and has been chosen as the deadlock victim.");

    private readonly SqlServerTestDatabase _database = new();
    private readonly TdsProxy _proxy;

    public SqlServerLoadTests() => _proxy = new(SqlServerTestDatabase.Server.Host, SqlServerTestDatabase.Server.Port);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _database.DropAsync();
    }

    [Fact]
    public async Task Fifty_broken_connections_fifty_deadlocks_and_an_outage_lose_and_double_nothing()
    {
        await using var server = await StartAsync();
        var (alice, bob, chatId) = await PairAsync(server);
        await using var first = await LoadClient.StartAsync(alice, server.Address);
        await using var second = await LoadClient.StartAsync(bob, server.Address);
        await using var talk = new ChatLoad(chatId, TimeSpan.Zero, TestTimeouts.Limit + Outage, first, second);

        for (var i = 0; i < BrokenConnections; i++)
            await MeetAsync(talk, Broken(i));
        for (var i = 0; i < Deadlocks; i++)
            await MeetAsync(talk, _proxy.On(request => request.Contains(i % 2 == 0 ? "UPDATE inboxes" : "INSERT INTO messages"), TdsAction.Fail(Deadlock), times: 1));
        var before = talk.Said;

        await _proxy.TakeDownAsync();
        // The outage itself.
        await Task.Delay(Outage, TestTimeouts.Token);
        _proxy.BringUp();
        await talk.GoOnAsync();
        await talk.EndAsync();

        await talk.AssertStoredAsync(_database, alice, bob);
        TestContext.Current.SendDiagnosticMessage($"{talk.Said} messages, {before} of them before the outage; {_proxy.Accepted} connections");
    }

    /// <summary>Before the server has the statement, after it has, in the middle of a transaction, and in its commit.</summary>
    private TdsRule Broken(int i) => (i % 4) switch
    {
        0 => _proxy.On(request => request.Contains("INSERT INTO messages"), TdsAction.Cut(), times: 1),
        1 => _proxy.On(request => request.Contains("INSERT INTO messages"), TdsAction.CutAfterwards(), times: 1),
        2 => _proxy.On(request => request.Text.StartsWith("COMMIT", StringComparison.Ordinal), TdsAction.Cut(), times: 1),
        _ => _proxy.On(request => request.Text.StartsWith("COMMIT", StringComparison.Ordinal), TdsAction.CutAfterwards(), times: 1),
    };

    /// <summary>The fault meets messages in flight, and the talk goes on.</summary>
    private static async Task MeetAsync(ChatLoad talk, TdsRule rule)
    {
        await rule.Used.SoonAsync();
        await talk.GoOnAsync(messages: 1);
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        ("Storage:Provider", "SqlServer"), ("Storage:ConnectionString", _database.ConnectionStringBy(_proxy.Port)));

    private static async Task<(Account Alice, Account Bob, string ChatId)> PairAsync(ServerProcess server)
    {
        await using var chat = await server.OpenChatAsync();
        return (chat.Alice.Account, chat.Bob.Account, chat.Id);
    }
}
