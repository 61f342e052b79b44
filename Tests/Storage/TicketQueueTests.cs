using ChatHub.Server.Storage.SqlServer;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>First come, first served, key by key.</summary>
public sealed class TicketQueueTests
{
    // For what must not happen.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly TicketQueue<string> _queue = new();

    [Fact]
    public async Task Those_of_one_key_have_their_turn_one_after_the_other()
    {
        var served = new List<int>();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var ticket = _queue.Take(["chat"]);
            await ticket.Turn;
            await Task.Yield();
            served.Add(i);
        }));

        Assert.Equal(Enumerable.Range(0, 50), served);
    }

    [Fact]
    public async Task One_with_two_keys_waits_for_both_and_others_for_none()
    {
        var (one, other) = (_queue.Take(["one"]), _queue.Take(["other"]));
        var both = _queue.Take(["one", "other"]);

        Assert.True(_queue.Take(["third"]).Turn.IsCompleted);
        one.Dispose();
        Assert.True(await WaitsAsync(both));
        other.Dispose();
        await both.Turn.SoonAsync();
    }

    [Fact]
    public async Task One_that_gives_up_lets_none_pass_those_before_it()
    {
        var (first, second, third) = (_queue.Take(["chat"]), _queue.Take(["chat"]), _queue.Take(["chat"]));

        second.Dispose();
        third.Dispose();
        var fourth = _queue.Take(["chat"]);

        Assert.True(await WaitsAsync(fourth));
        first.Dispose();
        await fourth.Turn.SoonAsync();
    }

    private static async Task<bool> WaitsAsync(TicketQueue<string>.Ticket ticket) =>
        await Task.WhenAny(ticket.Turn, Task.Delay(Moment, TestTimeouts.Token)) != ticket.Turn;
}
