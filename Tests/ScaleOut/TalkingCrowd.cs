using System.Collections.Concurrent;
using ChatHub.Tests.Faults;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.ScaleOut;

/// <summary>Pairs of applications on the SDK that talk across two instances: one pair without a pause, the others as people do.</summary>
internal sealed class ChatLoads : IAsyncDisposable
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentQueue<LoadClient> _talkers = [];
    private readonly ConcurrentQueue<ChatLoad> _talks = [];

    public static async Task<ChatLoads> StartAsync(Cluster cluster, int pairs)
    {
        var crowd = new ChatLoads();
        await Parallel.ForAsync(0, pairs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (_, _) => crowd.JoinAsync(cluster));
        return crowd;
    }

    /// <summary>Waits until the busiest pair has received some more.</summary>
    public Task GoOnAsync() => _talks.First().GoOnAsync();

    /// <summary>Waits until each has received what has been sent to it by now.</summary>
    public Task ConvergeAsync() => Task.WhenAll(_talks.Select(talk => talk.ConvergeAsync()));

    /// <summary>Each has received everything once and in order.</summary>
    public Task EndAsync() => Task.WhenAll(_talks.Select(talk => talk.EndAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var talk in _talks)
            await talk.DisposeAsync();
        await Task.WhenAll(_talkers.Select(talker => talker.DisposeAsync().AsTask()));
    }

    private async ValueTask JoinAsync(Cluster cluster)
    {
        await using var chat = await cluster[0].OpenChatAsync();
        var alice = await LoadClient.StartAsync(chat.Alice.Account, cluster[0].Address);
        _talkers.Enqueue(alice);
        var bob = await LoadClient.StartAsync(chat.Bob.Account, cluster[1].Address);
        _talkers.Enqueue(bob);
        lock (_talks)
            _talks.Enqueue(new(chat.Id, _talks.IsEmpty ? TimeSpan.Zero : Pause, TestTimeouts.Limit, alice, bob));
    }
}
