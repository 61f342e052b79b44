namespace ChatHub.Client;

/// <summary>How the connection stands, to be waited for.</summary>
internal sealed class Link
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _connected = NewSource();
    private TaskCompletionSource _closed = NewSource();
    private LinkState _state = LinkState.Closed;

    public LinkState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Completes when the connection ends for good; a reconnection is no end.</summary>
    public Task NextClosed
    {
        get
        {
            lock (_gate)
                return _closed.Task;
        }
    }

    public Task WhenConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _connected.Task.WaitAsync(cancellationToken);
    }

    public void Set(LinkState state)
    {
        lock (_gate)
        {
            _state = state;
            if (state == LinkState.Connected)
                _connected.TrySetResult();
            else if (_connected.Task.IsCompleted)
                _connected = NewSource();
            if (state != LinkState.Closed)
                return;
            _closed.TrySetResult();
            _closed = NewSource();
        }
    }

    /// <summary>There will be no connection any more: whoever waits for one is told why.</summary>
    public void Fail(Exception reason)
    {
        lock (_gate)
        {
            _state = LinkState.Closed;
            if (_connected.Task.IsCompleted)
                _connected = NewSource();
            _connected.TrySetException(reason);

            // Nobody may be waiting: then it is not unobserved either.
            _ = _connected.Task.Exception;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
