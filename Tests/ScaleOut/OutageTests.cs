using ChatHub.Tests.Faults;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>Redis fails under load, in every way: applications on different instances lose nothing, and see everything once and in order.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Redis_is_killed_restarted_and_paused_under_load()
    {
        await using var cluster = await Cluster.StartAsync(2);
        await using var chat = await cluster[0].MeetAsync();
        await using var alice = await Talker.StartAsync(chat.Alice.Account, cluster[0].Address);
        await using var bob = await Talker.StartAsync(chat.Bob.Account, cluster[1].Address);
        await using var talk = new Talk(chat.Id, alice, bob);
        await talk.GoOnAsync();

        foreach (var isPaused in (bool[])[false, true, false])
        {
            await (isPaused ? cluster.Redis.PauseAsync() : cluster.Redis.KillAsync());
            await cluster.ReadyAsync("degraded");
            // Local delivery goes on meanwhile.
            await using (await cluster[1].MeetAsync())
            {
            }

            await (isPaused ? cluster.Redis.ResumeAsync() : cluster.Redis.RunAsync());
            await cluster.ReadyAsync();
            // Both hear of each other again.
            await talk.GoOnAsync();
        }

        await talk.EndAsync();
    }
}
