using System.Threading.Channels;
using ChatHub.Client;

namespace ChatHub.Terminal.Session;

/// <summary>
/// The queue from the messenger to the shell's loop. It is bounded: a slow shell makes the messenger wait, and nothing is
/// lost.
/// </summary>
internal sealed class UpdateFeed
{
    private const int Capacity = 256;

    private readonly Channel<FeedItem> _items = Channel.CreateBounded<FeedItem>(Capacity);

    /// <summary>Forwards a messenger's updates until they complete.</summary>
    public async Task ForwardAsync(IAsyncEnumerable<Update> updates)
    {
        try
        {
            await foreach (var update in updates)
                await _items.Writer.WriteAsync(new FeedItem.Changed(update));
        }
        catch (Exception e) when (Failure.Of(e) is not null)
        {
            await _items.Writer.WriteAsync(new FeedItem.Failed(e));
        }
    }

    /// <summary>Called on the connection's threads, which must not wait: dropped when the queue is full, being news for people only.</summary>
    public void Post(ConnectionState state) => _items.Writer.TryWrite(new FeedItem.Connection(state));

    /// <summary>Completes when there is an item.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _items.Reader.WaitToReadAsync(cancellationToken).AsTask();

    public ValueTask<FeedItem> ReadAsync(CancellationToken cancellationToken) => _items.Reader.ReadAsync(cancellationToken);

    public bool TryRead(out FeedItem? item) => _items.Reader.TryRead(out item);

    /// <summary>Drops the items of a messenger that was left.</summary>
    public void Clear()
    {
        while (_items.Reader.TryRead(out _))
        {
        }
    }
}
