using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client;

/// <summary>An outbox in one run of a program; disposing it is the program's end.</summary>
internal sealed class OutboxLife : IDisposable
{
    private static readonly Backoff Quickly = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5));

    private readonly CancellationTokenSource _stopping = new();

    public OutboxLife(IChatHub hub, string? file = null, TimeProvider? time = null, int capacity = 1_000)
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
        Outbox = new(new EnduringCalls(_ => hub, Link, Quickly, options.TimeProvider), options, _stopping.Token);
    }

    public IChatHub Hub { get; }
    public Link Link { get; } = new(isKept: true);
    public Outbox Outbox { get; }

    public void Dispose()
    {
        _stopping.Cancel();
        ((IDisposable)Outbox).Dispose();
        _stopping.Dispose();
    }
}
