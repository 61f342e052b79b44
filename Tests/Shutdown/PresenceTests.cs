using ChatHub.Server.Hosting.Shutdown;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Shutdown;

/// <summary>Users of a draining server reconnect to another instance: no offline event is raised for them.</summary>
public sealed class PresenceTests
{
    [Fact]
    public async Task Drained_users_get_a_last_seen_time_and_no_offline_event()
    {
        await using var server = await InProcessServer.StartAsync();
        await using var chat = await server.OpenChatAsync();
        await server.Time.AdvanceUntilAsync(chat.Bob.Received.Presence.NextAsync());
        var left = server.Time.GetUtcNow();

        var draining = server.Services.GetRequiredService<Drain>().RunAsync(TimeSpan.FromMinutes(10), TestTimeouts.Token);
        await chat.Alice.DisposeAsync();
        await server.Services.LeftAsync(chat.Alice.Id);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await chat.Bob.ProfileAsync(chat.Alice)).IsOnline);
        Assert.Empty(chat.Bob.Received.Presence.TakeAll());

        // No connection is left: the drain is over, and users who do not reconnect were last seen when they left.
        await chat.Bob.DisposeAsync();
        await server.Services.LeftAsync(chat.Bob.Id);
        await server.Time.AdvanceUntilAsync(draining);
        await server.StopAsync();
        var seen = await server.Database.ListAsync<long>(
            "SELECT last_seen_at FROM users WHERE user_id = @id", new { id = chat.Alice.Id });
        Assert.InRange(Assert.Single(seen), left.ToUnixTimeMilliseconds(), left.AddSeconds(1).ToUnixTimeMilliseconds());
    }
}
