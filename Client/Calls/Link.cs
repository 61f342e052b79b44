using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>How the connection stands, to be waited for.</summary>
/// <param name="isKept">Whether somebody connects again when it has been closed: then that is no end.</param>
internal sealed class Link(bool isKept)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = NewSource();
    private TaskCompletionSource _closed = NewSource();
    private LinkState _state = LinkState.Closed;
    private long _made;

    public LinkState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>How many connections there have been: names the present one for <see cref="WhenAfterAsync"/>.</summary>
    public long Made
    {
        get
        {
            lock (_gate)
                return _made;
        }
    }

    /// <summary>Completes when the connection is closed; a reconnection is no end.</summary>
    public Task NextClosed
    {
        get
        {
            lock (_gate)
                return _closed.Task;
        }
    }

    /// <exception cref="ChatHubException">There will be no connection: the server refuses the token.</exception>
    public Task WhenConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _state == LinkState.Connected ? Task.CompletedTask : _next.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Waits for a later connection than the one that was named. A call finds a connection broken before SignalR tells of
    /// it, so the state alone would mislead.
    /// </summary>
    /// <exception cref="ChatHubUnreachableException">There will be none.</exception>
    public Task WhenAfterAsync(long made, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_made > made)
                return Task.CompletedTask;
            return _state == LinkState.Closed && !isKept
                ? Task.FromException(Closed())
                : _next.Task.WaitAsync(cancellationToken);
        }
    }

    public void Set(LinkState state)
    {
        lock (_gate)
        {
            _state = state;
            switch (state)
            {
                case LinkState.Connected:
                    _made++;
                    _next.TrySetResult();
                    _next = NewSource();
                    break;
                case LinkState.Closed:
                    _closed.TrySetResult();
                    _closed = NewSource();
                    if (!isKept)
                        End(Closed());
                    break;
            }
        }
    }

    /// <summary>There will be no connection any more: whoever waits for one is told why.</summary>
    public void Fail(Exception reason)
    {
        lock (_gate)
        {
            _state = LinkState.Closed;
            End(reason);
        }
    }

    private void End(Exception reason)
    {
        _next.TrySetException(reason);

        // Nobody may be waiting: then it is not unobserved either.
        _ = _next.Task.Exception;
    }

    private static ChatHubUnreachableException Closed() => new("The connection is closed.");

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
