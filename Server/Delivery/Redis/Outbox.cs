namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// What waits to be published on one channel, in order. One publish is under way at a time, and whatever comes meanwhile
/// goes into the next one together: under load many events share one write, and alone one goes at once. Bounded: what
/// does not fit is dropped, and the message after it skips a number, so that the receivers know.
/// </summary>
internal sealed class Outbox(RedisConnection connection, string channel, string sender) : IDisposable
{
    private const int MostWaiting = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly MemoryStream _waiting = new();
    private TaskCompletionSource<long>? _published;
    private BinaryWriter? _writer;
    private long _number;
    private bool _isLost;
    private bool _isPublishing;
    private bool _isOver;

    /// <summary>Adds a frame.</summary>
    /// <param name="state">Given to <paramref name="write"/>.</param>
    /// <param name="write">Writes the frame; called at once.</param>
    /// <param name="isRoster">Too important, and too rare, to be dropped.</param>
    public void Add<T>(T state, Action<BinaryWriter, T> write, bool isRoster = false)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            if (_waiting.Length > MostWaiting && !isRoster)
            {
                _isLost = true;
                BackplaneMetrics.Dropped.Add(1);
                return;
            }

            Write(state, write);
            if (_isPublishing)
                return;
            _isPublishing = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static outbox => _ = outbox.PublishAsync(), this, preferLocal: true);
    }

    /// <summary>The same; answers how many instances have got it, this one included where it listens to the channel.</summary>
    public Task<long> AddAsync<T>(T state, Action<BinaryWriter, T> write, bool isRoster = false)
    {
        lock (_gate)
        {
            _published ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            var published = _published.Task;
            Add(state, write, isRoster);
            return published;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _writer?.Dispose();
            _waiting.Dispose();
        }
    }

    private void Write<T>(T state, Action<BinaryWriter, T> write)
    {
        _writer ??= new(_waiting);
        if (_waiting.Length == 0)
        {
            _number += _isLost ? 2 : 1;
            _isLost = false;
            Frames.Begin(_writer, sender, _number);
        }

        var start = _waiting.Length;
        try
        {
            write(_writer, state);
        }
        catch
        {
            // No half a frame among whole ones.
            _waiting.SetLength(start);
            _waiting.Position = start;
            throw;
        }
    }

    private async Task PublishAsync()
    {
        while (Take() is var (message, published) && message is not null)
        {
            try
            {
                BackplaneMetrics.Publishes.Add(1);
                var receivers = await connection.PublishAsync(channel, message);
                published?.TrySetResult(receivers);
            }
            catch (Exception e)
            {
                // The connection is over, and with it this object. Whoever waits for an answer has a limit of their own.
                published?.TrySetException(e);
                connection.End();
                return;
            }
        }
    }

    private (byte[]? Message, TaskCompletionSource<long>? Published) Take()
    {
        lock (_gate)
        {
            _isPublishing = !_isOver && _waiting.Length > 0;
            if (!_isPublishing)
                return default;
            var taken = (_waiting.ToArray(), _published);
            _waiting.SetLength(0);
            if (_waiting.Capacity > MostWaiting / 16)
                _waiting.Capacity = 0;
            _published = null;
            return taken;
        }
    }
}
