using ChatHub.Server.Delivery;

namespace ChatHub.Server.Hosting.Shutdown;

/// <summary>One hub call, until its completion is written: only then SignalR disposes the call's scope.</summary>
public sealed class OpenCall : IDisposable
{
    private CallGate? _gate;

    public bool TryEnter(CallGate gate)
    {
        if (!gate.TryEnter())
            return false;
        _gate = gate;
        return true;
    }

    public void Dispose() => _gate?.Leave();
}
