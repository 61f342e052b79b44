namespace ChatHub.Server.Delivery;

/// <summary>
/// Counts a connection's calls in flight, so that the connection can be closed between two calls. Once the gate is shut, no
/// call begins any more.
/// </summary>
public sealed class CallGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _drained; // made when it is shut
    private int _open;

    /// <returns>False once it is shut: the call must not be carried out.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_drained is not null)
                return false;
            _open++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_open == 0)
                _drained?.TrySetResult();
        }
    }

    /// <summary>Shuts it; completes when every call that has begun has its response.</summary>
    public Task ShutAsync()
    {
        lock (_gate)
        {
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_open == 0)
                _drained.TrySetResult();
            return _drained.Task;
        }
    }
}
