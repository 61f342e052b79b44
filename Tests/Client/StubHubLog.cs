namespace ChatHub.Tests.Client;

/// <summary>What the stub hub observed of its connections and calls.</summary>
internal sealed class StubHubLog
{
    private long _version;

    /// <summary>The query string and the Authorization header of the first connection.</summary>
    public TaskCompletionSource<(string Query, string Authorization)> FirstConnection { get; } = NewSource<(string, string)>();

    /// <summary>How the first connection ended.</summary>
    public TaskCompletionSource<Exception?> Disconnected { get; } = NewSource<Exception?>();

    /// <summary>Completed by the first call that never responds.</summary>
    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Reports { get; set; }

    /// <summary>Whether each connection is closed as soon as it was made.</summary>
    public bool ClosesConnections { get; set; }

    public long Version => Interlocked.Read(ref _version);

    public long NextVersion() => Interlocked.Increment(ref _version);

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
