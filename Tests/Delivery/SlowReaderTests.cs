using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>A client that stops reading, over a real socket: it harms only itself.</summary>
public sealed class SlowReaderTests(SharedServer server)
{
    private const int Messages = 800;

    // So few that a queue is never full while its reader reads.
    private const int AtOnce = 100;

    // The longest form on the wire: the sockets' buffers are full soon.
    private static readonly string Wide = new('李', 4_000);

    [Fact]
    public async Task Connection_that_stops_reading_delays_no_other_and_gets_its_position()
    {
        await using var chat = await server.OpenChatAsync();
        using var slow = await RawHub.ConnectAsync(server, chat.Bob.Account.Token);
        // Answered after its first position, which would otherwise come among the messages.
        await slow.InvokeAsync("GetMe", "{}");

        foreach (var seqs in Enumerable.Range(2, Messages).Chunk(AtOnce))
        {
            await Task.WhenAll(seqs.Select(_ => chat.Alice.SayAsync(chat.Id, Wide)));

            // Bob's other connection has them all, in order.
            foreach (var seq in seqs)
                Assert.Equal(seq, (await chat.Bob.NextAsync<MessageReceived>()).Message.Seq);
        }

        // The slow one reads again: what it still gets is in order, and a position says that there is more. (A server that
        // has waited too long for its socket closes it instead: its client then comes back and syncs.)
        var (last, position) = (0L, 0L);
        while (position <= last && await slow.ReceiveAsync() is { } message)
        {
            if (message.GetProperty("type").GetInt32() != 1 || !message.GetProperty("arguments")[0].TryGetProperty("version", out var at))
                continue;
            var version = at.GetInt64();
            if (message.GetProperty("target").GetString() == nameof(Position) && version > 2)
                position = version;
            else if (message.GetProperty("target").GetString() == nameof(MessageReceived))
                Assert.True(version == last + 1 || last == 0);
            last = Math.Max(last, position > 0 ? last : version);
        }

        Assert.True(last < Messages, "The queue was never cut: the test did not fill it.");
        Assert.True(position == 0 || position > last);
    }

    [Fact]
    public async Task Events_of_two_users_under_load_keep_the_order_of_versions()
    {
        await using var chat = await server.OpenChatAsync();
        await using var other = await server.OpenChatAsync();
        var phone = await chat.Bob.Account.ConnectAsync();

        await Task.WhenAll(Enumerable.Range(0, 300).SelectMany(i => (Task[])
        [
            chat.Alice.SayAsync(chat.Id, $"{i}"),
            other.Bob.SayAsync(other.Id, $"{i}"),
        ]));

        foreach (var (device, first) in ((Device, long)[])[(chat.Bob, 3), (phone, 3), (other.Alice, 3)])
        {
            for (var i = 0; i < 300; i++)
                Assert.Equal(first + i, (await device.NextAsync<MessageReceived>()).Version);
        }

        await phone.DisposeAsync();
    }
}
