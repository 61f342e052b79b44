namespace ChatHub.Server.Hosting;

/// <summary>Whether the server serves. Until then it says itself what prevents it, and the framework's own lines with their stack traces are left out.</summary>
public sealed class StartupState
{
    private volatile bool _hasStarted;

    public bool HasStarted => _hasStarted;

    public void Started() => _hasStarted = true;
}
