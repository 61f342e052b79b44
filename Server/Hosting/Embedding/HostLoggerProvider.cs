namespace ChatHub.Server.Hosting.Embedding;

/// <summary>Logs into the host's factory, whose levels and sinks hold, after ChatHub's own filters.</summary>
internal sealed class HostLoggerProvider(ILoggerFactory host) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => host.CreateLogger(categoryName);

    // The factory is the host's.
    public void Dispose()
    {
    }
}
