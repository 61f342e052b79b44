using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Sending;

/// <summary>An outbox in one run of a program; disposing it ends the program.</summary>
internal sealed class OutboxRun : IDisposable
{
    private static readonly Backoff FastBackoff = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5));

    private readonly CancellationTokenSource _stopping = new();

    public OutboxRun(IChatHub hub, string? file = null, TimeProvider? time = null, int capacity = 1_000)
    {
        Hub = hub;
        var options = new ChatHubMessengerOptions
        {
            ServerAddress = new Uri("http://localhost"),
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(null),
            TimeProvider = time ?? new FastTime(),
            OutboxFile = file,
            OutboxCapacity = capacity,
        };
        Outbox = new(new RetryingCaller(_ => hub, Connection, FastBackoff, options.TimeProvider), options, _stopping.Token);
    }

    public IChatHub Hub { get; }
    public ConnectionMonitor Connection { get; } = new(reconnects: true);
    public Outbox Outbox { get; }

    public void Dispose()
    {
        _stopping.Cancel();
        ((IDisposable)Outbox).Dispose();
        _stopping.Dispose();
    }
}
