using ChatHub.Client;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Two instances on one database are restarted one after the other while applications on the SDK, which know both
/// addresses, talk without a pause: nothing is lost, nothing comes twice, and no call of theirs fails.
/// </summary>
public sealed class RollingRestartTests
{
    private const int Pairs = 3;

    /// <summary>Between two messages and between two calls of each: load throughout, and processor time left for the restarts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rolling_restart_under_load_delivers_every_message_once_and_in_order(bool withRedis)
    {
        await using var redis = withRedis ? await RedisServer.StartAsync() : null;
        (string, string)[] settings =
        [
            ("Shutdown:DrainSeconds", "3"),
            ("Redis:Configuration", redis?.Configuration ?? ""),
        ];
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync([.. settings, .. first.Database.Settings]);
        var talks = new List<ChatLoad>();
        var talkers = new List<LoadClient>();
        for (var i = 0; i < Pairs; i++)
        {
            await using var chat = await first.OpenChatAsync();
            talkers.Add(await LoadClient.StartAsync(chat.Alice.Account, first.Address, second.Address));
            talkers.Add(await LoadClient.StartAsync(chat.Bob.Account, second.Address, first.Address));
            talks.Add(new ChatLoad(chat.Id, Pause, TestTimeouts.Limit, talkers[^2], talkers[^1]));
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestTimeouts.Token);
        var calling = talkers.ConvertAll(talker => CallAsync(talker.Hub, stop.Token));
        foreach (var server in (ServerProcess[])[first, second])
        {
            await Task.WhenAll(talks.Select(talk => talk.GoOnAsync()));
            await server.StopAsync();
            await server.RestartAsync();
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(calling), calls => Assert.NotEqual(0, calls));
        foreach (var talk in talks)
        {
            await talk.EndAsync();
            await talk.DisposeAsync();
        }

        foreach (var talker in talkers)
            await talker.DisposeAsync();
    }

    /// <summary>Calls that the application makes itself; one that fails fails the test.</summary>
    private static async Task<int> CallAsync(HubCalls hub, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(Pause);
        for (var calls = 0; ; calls++)
        {
            if (stop.IsCancellationRequested)
                return calls;
            await hub.GetMe(new()).SoonAsync();
            await pace.WaitForNextTickAsync(TestTimeouts.Token);
        }
    }
}
