namespace ChatHub.Benchmarks;

/// <summary>A folder for the databases of one run, deleted with it; and the signal that the run is to stop.</summary>
public sealed class RunFolder : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <param name="parent">On the disk that is meant.</param>
    public RunFolder(string parent)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"chathub-benchmark-{Guid.NewGuid():N}")).FullName;
        Console.CancelKeyPress += OnCancel;
    }

    public string Path { get; }

    /// <summary>Cancelled by Ctrl+C: the servers are to be ended, and the folder deleted, before this process goes.</summary>
    public CancellationToken Stopping => _stop.Token;

    public string Of(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancel;
        _stop.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private void OnCancel(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = true;
        _stop.Cancel();
    }
}
