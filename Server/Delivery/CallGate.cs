namespace ChatHub.Server.Delivery;

/// <summary>
/// Counts a connection's calls that are not answered yet, so that the connection can be ended between two calls. Once it
/// is shut, no call begins any more.
/// </summary>
public sealed class CallGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _allAnswered; // made when it is shut
    private int _open;

    /// <returns>False once it is shut: the call must not be carried out.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_allAnswered is not null)
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
                _allAnswered?.TrySetResult();
        }
    }

    /// <summary>Shuts it; completes when every call that has begun is answered.</summary>
    public Task ShutAsync()
    {
        lock (_gate)
        {
            _allAnswered ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_open == 0)
                _allAnswered.TrySetResult();
            return _allAnswered.Task;
        }
    }
}
