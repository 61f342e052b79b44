namespace ChatHub.Client.Transport;

/// <summary>The state of the connection, which callers can wait on.</summary>
/// <param name="reconnects">Whether the owner connects again after the connection was closed: then closing is not final.</param>
internal sealed class ConnectionMonitor(bool reconnects)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _nextConnected = NewSource();
    private TaskCompletionSource _nextClosed = NewSource();
    private ConnectionState _state = ConnectionState.Closed;
    private long _generation;

    public ConnectionState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>How many connections have been established; identifies the current one for <see cref="WaitForGenerationAsync"/>.</summary>
    public long Generation
    {
        get
        {
            lock (_gate)
                return _generation;
        }
    }

    /// <summary>Completes when the connection is closed. A reconnection does not complete it.</summary>
    public Task NextClosed
    {
        get
        {
            lock (_gate)
                return _nextClosed.Task;
        }
    }

    /// <exception cref="Contracts.ChatHubException">There will be no connection: the server refuses the token.</exception>
    public Task WaitForConnectionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _state == ConnectionState.Connected ? Task.CompletedTask : _nextConnected.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Waits for a connection after the given generation. A call notices a broken connection before SignalR reports it, so
    /// the state alone would be misleading.
    /// </summary>
    /// <exception cref="ChatHubUnreachableException">There will be none.</exception>
    public Task WaitForGenerationAsync(long after, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_generation > after)
                return Task.CompletedTask;
            return _state == ConnectionState.Closed && !reconnects
                ? Task.FromException(Closed())
                : _nextConnected.Task.WaitAsync(cancellationToken);
        }
    }

    public void Set(ConnectionState state)
    {
        lock (_gate)
        {
            _state = state;
            switch (state)
            {
                case ConnectionState.Connected:
                    _generation++;
                    _nextConnected.TrySetResult();
                    _nextConnected = NewSource();
                    break;
                case ConnectionState.Closed:
                    _nextClosed.TrySetResult();
                    _nextClosed = NewSource();
                    if (!reconnects)
                        FailWaiters(Closed());
                    break;
            }
        }
    }

    /// <summary>There will be no further connection: every waiter fails with the reason.</summary>
    public void Fail(Exception reason)
    {
        lock (_gate)
        {
            _state = ConnectionState.Closed;
            FailWaiters(reason);
        }
    }

    private void FailWaiters(Exception reason)
    {
        _nextConnected.TrySetException(reason);

        // Without a waiter the exception would be reported as unobserved.
        _ = _nextConnected.Task.Exception;
    }

    private static ChatHubUnreachableException Closed() => new("The connection is closed.");

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
