using System.Threading.Channels;

namespace ChatHub.Terminal.FullScreen;

/// <summary>
/// The one loop in which the board changes: keys, updates and answers are put in line from wherever they come, so that
/// nothing needs a lock. After all that is in line, the screen is painted once.
/// </summary>
internal sealed class Loop
{
    // Whoever puts faster than the loop takes must wait: keys and updates have time.
    private const int MostInLine = 256;

    private readonly Channel<Action> _inLine = Channel.CreateBounded<Action>(MostInLine);

    /// <summary>Waits while the line is full. After the end nothing is done any more.</summary>
    public async Task PutAsync(Action action, CancellationToken cancellationToken)
    {
        while (await _inLine.Writer.WaitToWriteAsync(cancellationToken))
        {
            if (_inLine.Writer.TryWrite(action))
                return;
        }
    }

    /// <summary>For threads that are not the program's own; false when the line is full.</summary>
    public bool TryPut(Action action) => _inLine.Writer.TryWrite(action);

    public async Task RunAsync(Action paint, CancellationToken cancellationToken)
    {
        paint();
        while (await _inLine.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_inLine.Reader.TryRead(out var action))
                action();
            paint();
        }
    }

    public void End() => _inLine.Writer.TryComplete();
}
