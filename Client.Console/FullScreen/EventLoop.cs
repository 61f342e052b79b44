using System.Threading.Channels;

namespace ChatHub.Terminal.FullScreen;

/// <summary>
/// The one loop that changes the model: keys, updates and results are queued from any thread, so that nothing needs a lock.
/// After all that is queued, the screen is painted once.
/// </summary>
internal sealed class EventLoop
{
    // Backpressure: keys and updates can wait.
    private const int Capacity = 256;

    private readonly Channel<Action> _queue = Channel.CreateBounded<Action>(Capacity);

    /// <summary>Waits while the queue is full. After <see cref="Stop"/> the action is dropped.</summary>
    public async Task PostAsync(Action action, CancellationToken cancellationToken)
    {
        while (await _queue.Writer.WaitToWriteAsync(cancellationToken))
        {
            if (_queue.Writer.TryWrite(action))
                return;
        }
    }

    /// <summary>For threads that must not wait; false when the queue is full.</summary>
    public bool TryPost(Action action) => _queue.Writer.TryWrite(action);

    public async Task RunAsync(Action paint, CancellationToken cancellationToken)
    {
        paint();
        while (await _queue.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_queue.Reader.TryRead(out var action))
                action();
            paint();
        }
    }

    public void Stop() => _queue.Writer.TryComplete();
}
