using System.Threading.Channels;
using ChatHub.Client.Updates;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

public sealed class SignalQueueTests
{
    [Fact]
    public async Task Signal_dropped_while_the_reader_empties_the_queue_wakes_the_reader()
    {
        var emptied = new EmptiedWhenFull();
        var queue = new SignalQueue(emptied);
        var sawOverflow = false;
        emptied.Emptied = () => sawOverflow = queue.TakeOverflow();

        queue.Post(new Signal.Connected());
        queue.Post(new Signal.Connected());

        Assert.False(sawOverflow);
        await queue.WaitAsync(TestTimeouts.Limit, TimeProvider.System, TestTimeouts.Token);
        Assert.True(queue.TakeOverflow());
    }

    [Fact]
    public void Signal_dropped_while_the_queue_stays_full_is_an_overflow_once()
    {
        var queue = new SignalQueue(Channel.CreateBounded<Signal>(1));

        queue.Post(new Signal.Connected());
        Assert.False(queue.TakeOverflow());
        queue.Post(new Signal.Connected());

        Assert.True(queue.TakeOverflow());
        Assert.False(queue.TakeOverflow());
        Assert.True(queue.TryRead(out _));
        Assert.False(queue.TryRead(out _));
    }

    /// <summary>A channel for one signal. Its reader empties it, and looks for an overflow, right after a write has failed.</summary>
    private sealed class EmptiedWhenFull : Channel<Signal>
    {
        public EmptiedWhenFull()
        {
            var inner = Channel.CreateBounded<Signal>(1);
            Reader = inner.Reader;
            Writer = new EmptyingWriter(inner, () => Emptied());
        }

        public Action Emptied { get; set; } = () => { };
    }

    private sealed class EmptyingWriter(Channel<Signal> inner, Action emptied) : ChannelWriter<Signal>
    {
        public override bool TryWrite(Signal item)
        {
            if (inner.Writer.TryWrite(item))
                return true;
            while (inner.Reader.TryRead(out _))
            {
            }

            emptied();
            return false;
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => inner.Writer.WaitToWriteAsync(cancellationToken);
    }
}
