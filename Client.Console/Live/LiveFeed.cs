using System.Threading.Channels;
using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Live;

/// <summary>
/// Events on their way from the connection to the shell's loop, which alone shows them. Each shown event can be taken once
/// by <c>wait</c>, also when it came before: a script has no race to lose.
/// </summary>
internal sealed class LiveFeed
{
    private const int Capacity = 1_000;

    private readonly Channel<LiveEvent> _events;
    private readonly Dictionary<string, int> _untaken = new(StringComparer.OrdinalIgnoreCase);
    private int _dropped;

    public LiveFeed() => _events = Channel.CreateBounded<LiveEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite },
        _ => Interlocked.Increment(ref _dropped));

    /// <summary>What can be waited for: the events of the wire, and the connection's own.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(
        [.. typeof(IChatClient).GetMethods().Select(method => method.Name), .. Enum.GetNames<ConnectionState>()],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Called on the connection's own threads: it never waits.</summary>
    public void Post(LiveEvent e) => _events.Writer.TryWrite(e);

    /// <summary>Completes when there is something to show.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _events.Reader.WaitToReadAsync(cancellationToken).AsTask();

    /// <summary>Shows all that has come.</summary>
    public async Task ShowAsync(LivePrinter printer, CancellationToken cancellationToken)
    {
        while (_events.Reader.TryRead(out var e))
        {
            await printer.ShowAsync(e, cancellationToken);
            _untaken[e.Name] = _untaken.GetValueOrDefault(e.Name) + 1;
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var count)
            printer.Dropped(count);
        await printer.EndAsync(cancellationToken);
    }

    /// <summary>Takes one shown event of the name, if there is one.</summary>
    public bool TryTake(string name)
    {
        if (_untaken.GetValueOrDefault(name) == 0)
            return false;
        _untaken[name]--;
        return true;
    }

    /// <summary>For another user's connection.</summary>
    public void Clear()
    {
        while (_events.Reader.TryRead(out _))
        {
        }

        _untaken.Clear();
    }
}

/// <summary>An event of the wire by its name, or a change of the connection by the name of its <see cref="ConnectionState"/>.</summary>
internal sealed record LiveEvent(string Name, object Content)
{
    public static LiveEvent Of<T>(T content)
        where T : notnull => new(typeof(T).Name, content);

    public static LiveEvent Of(ConnectionState state) => new(state.ToString(), state);
}
