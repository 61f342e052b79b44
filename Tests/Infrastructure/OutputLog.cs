namespace ChatHub.Tests.Infrastructure;

/// <summary>What a process has written, line by line; a line can be waited for.</summary>
public sealed class OutputLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, TaskCompletionSource<string> Found)> _awaited = [];

    public string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _lines);
        }
    }

    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            foreach (var (part, found) in _awaited)
            {
                if (line.Contains(part, StringComparison.Ordinal))
                    found.TrySetResult(line);
            }
        }
    }

    /// <summary>A line with this part, written already or the next.</summary>
    public Task<string> FindAsync(string part)
    {
        lock (_gate)
            return _lines.Find(line => line.Contains(part, StringComparison.Ordinal)) is { } line ? Task.FromResult(line) : NextAsync(part);
    }

    /// <summary>The next line with this part.</summary>
    public Task<string> NextAsync(string part)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _awaited.Add((part, found));
        return found.Task;
    }
}
