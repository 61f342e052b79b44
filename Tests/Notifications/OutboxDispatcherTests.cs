using ChatHub.Server.Delivery;
using ChatHub.Server.Outbox;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>How dispatchers end: by a lease that came too late, and by a stop at which the database fails.</summary>
public sealed class OutboxDispatcherTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);

    private readonly OutputLog _log = new();
    private readonly LoggerFactory _loggers;
    private InProcessServer _server = null!;

    public OutboxDispatcherTests() => _loggers = new([new OutputLogProvider(_log)]);

    /// <summary>Its clock stands still: its own dispatcher does nothing with the entry that waits.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = await InProcessServer.StartAsync(("Webhooks:0:Url", "https://127.0.0.1:1/"), ("Webhooks:0:Secret", WebhookReceiver.Secret));
        await using var alice = await _server.ConnectUserAsync("alice");
        await _server.BanAsync(alice);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _loggers.Dispose();
    }

    [Theory]
    [InlineData(1)] // taking the lease
    [InlineData(3)] // renewing it; between them is what looks for entries of other webhooks
    public async Task Lease_whose_request_took_longer_than_it_lasts_is_given_up_at_once(int slowWrite)
    {
        var time = new ManualTime();
        var writes = 0;
        var database = new WrappedDatabase(Service<IDatabase>())
        {
            AfterWrite = () =>
            {
                if (++writes == slowWrite)
                    time.Advance(2 * Lease);
            },
        };
        var options = Options.Create(new OutboxOptions { LeaseSeconds = (int)Lease.TotalSeconds });
        using var dispatcher = new OutboxDispatcher(
            database, Service<OutboxStore>(), new(database, options, time), new([]), options, Service<IHostApplicationLifetime>(), time, _loggers.CreateLogger<OutboxDispatcher>());
        var renewal = time.TimerSetAsync(Lease / 3);
        var lost = _log.FindAsync("[8005]");

        await dispatcher.StartAsync(TestTimeouts.Token);
        await Task.WhenAny(lost, renewal).SoonAsync();
        if (slowWrite > 1)
            time.Advance(Lease / 3);

        await lost.SoonAsync();
        Assert.DoesNotContain("[8003]", _log.Text, StringComparison.Ordinal);
        await dispatcher.StopAsync(TestTimeouts.Token);
    }

    [Fact]
    public async Task Channel_that_is_stopped_while_the_database_fails_ends_without_an_error_once_its_deliveries_have_ended()
    {
        using var stop = new CancellationTokenSource();
        var channel = new SlowChannel();
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var database = new WrappedDatabase(Service<IDatabase>())
        {
            BeforeRead = () =>
            {
                if (!channel.Begun.IsCompleted)
                    return;
                stop.Cancel();
                failed.TrySetResult();
                throw new IOException("The database is away.");
            },
        };
        var dispatcher = new ChannelDispatcher(
            channel, database, Service<OutboxStore>(), Service<PresenceCoordinator>(), Service<IOptions<OutboxOptions>>(), TimeProvider.System, _loggers.CreateLogger("Outbox"));

        var running = dispatcher.RunAsync(stop.Token);
        await failed.Task.SoonAsync();
        channel.End();
        await running.SoonAsync();

        Assert.True(channel.HasEnded);
    }

    private T Service<T>()
        where T : notnull => _server.Services.GetRequiredService<T>();

    /// <summary>Its deliveries end when the test says so, cancelled or not.</summary>
    private sealed class SlowChannel : IOutboxChannel
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;
        public bool HasEnded { get; private set; }

        public long Number => OutboxChannels.OfWebhook(0);
        public string Name => "slow";
        public int Concurrency => 2;
        public int MaxAttempts => 2;
        public bool KeepsDeadLetters => false;

        public void End() => _end.SetResult();

        public bool SkipsConnected(OutboxEventType type) => false;

        public async Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellation)
        {
            _begun.SetResult();
            await _end.Task;
            HasEnded = true;
            return DeliveryResult.Done;
        }
    }

    private sealed class WrappedDatabase(IDatabase inner) : IDatabase
    {
        public Action BeforeRead { get; init; } = () => { };
        public Action AfterWrite { get; init; } = () => { };

        public Dialect Dialect => inner.Dialect;
        public string Epoch => inner.Epoch;

        public Task InitializeAsync(CancellationToken cancellation) => inner.InitializeAsync(cancellation);

        public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation)
        {
            BeforeRead();
            return inner.ReadAsync(query, cancellation);
        }

        public async Task<T> WriteAsync<T>(LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation)
        {
            var result = await inner.WriteAsync(scope, command, committed, cancellation);
            AfterWrite();
            return result;
        }

        public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
            inner.WriteAsync(command, committed, cancellation);
    }
}
