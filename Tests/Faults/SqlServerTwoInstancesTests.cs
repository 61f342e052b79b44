using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Two applications on the SDK, each on its own instance, talk without a pause while the connections of both instances to SQL Server break
/// at random, in commits too, and their transactions fail: nothing is lost, and nothing comes twice.
/// </summary>
[Collection(nameof(SerialCollection))]
public sealed class SqlServerTwoInstancesTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Messages = 300;

    private readonly SqlServerTestDatabase _database = new();
    private readonly RandomFaults _faults = RandomFaults.FromEnvironment() ?? new(Random.Shared.Next());

    public async ValueTask DisposeAsync()
    {
        await _faults.DisposeAsync();
        await _database.DropAsync();
    }

    [Fact]
    public async Task Random_faults_under_two_instances_lose_and_double_nothing()
    {
        await using var cluster = await Cluster.StartAsync(
            2, ("Storage:Provider", "SqlServer"), ("Storage:ConnectionString", _database.ConnectionStringBy(_faults.Port)));
        Account alice, bob;
        string chatId;
        await using (var chat = await cluster[0].OpenChatAsync())
            (alice, bob, chatId) = (chat.Alice.Account, chat.Bob.Account, chat.Id);
        await using var first = await LoadClient.StartAsync(alice, cluster[0].Address);
        await using var second = await LoadClient.StartAsync(bob, cluster[1].Address);
        await using var talk = new ChatLoad(chatId, TimeSpan.Zero, 2 * TestTimeouts.Limit, first, second);

        _faults.BreakCommits = true;
        await talk.GoOnAsync(Messages);
        await talk.EndAsync();
        _faults.BreakCommits = false;

        output.WriteLine($"{talk.Said} messages; faults: {_faults}");
        Assert.InRange(_faults.BrokenCommits, 1, int.MaxValue);
        await talk.AssertStoredAsync(_database, alice, bob);
    }
}
