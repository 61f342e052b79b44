using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Threading.RateLimiting;
using ChatHub.Contracts;

namespace ChatHub.Server.Hosting.Load;

/// <summary>
/// Bounds what answers to one user hold in memory until their connection has taken them, over all the user's connections
/// here. A call whose answer does not fit waits in a queue and has not begun: a client that does not read cannot make the
/// server hold more. An answer counts as the most that its method may answer.
/// </summary>
public sealed class AnswerBudget : IDisposable
{
    /// <summary>In KiB, which are the limiter's permits.</summary>
    public const int TotalKiB = 1024;

    /// <summary>A page of any list.</summary>
    private const int PageKiB = 256;

    /// <summary>Any other answer: at most a few cards, a request and a message.</summary>
    private const int OtherKiB = 32;

    /// <summary>How long a connection may take no answer while another call waits; then it is closed.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    private static readonly FrozenDictionary<string, int> Sizes = typeof(IChatHub).GetMethods().ToFrozenDictionary(
        method => method.Name, method => IsPage(method.ReturnType.GetGenericArguments()[0]) ? PageKiB : OtherKiB);

    private readonly TimeProvider _time;
    private ImmutableArray<ConnectionAnswers> _connections = [];
    private ConcurrencyLimiter? _limiter;

    internal AnswerBudget(TimeProvider time) => _time = time;

    internal int Connections => _connections.Length;

    // Made with the first call: who is only connected costs less.
    private ConcurrencyLimiter Limiter => LazyInitializer.EnsureInitialized(ref _limiter, static () => new(new()
    {
        PermitLimit = TotalKiB,
        // Bounded by the user's connections and the parallel calls of each.
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    }));

    internal void Add(ConnectionAnswers connection) =>
        ImmutableInterlocked.Update(ref _connections, static (all, added) => all.Add(added), connection);

    internal void Remove(ConnectionAnswers connection) =>
        ImmutableInterlocked.Update(ref _connections, static (all, gone) => all.Remove(gone), connection);

    /// <summary>Takes the share of one answer, which the lease gives back; waits while there is none.</summary>
    internal ValueTask<RateLimitLease> AcquireAsync(string method, CancellationToken cancellation)
    {
        var size = Sizes.GetValueOrDefault(method, OtherKiB);
        var lease = Limiter.AttemptAcquire(size);
        return lease.IsAcquired ? new(lease) : WaitAsync(size, cancellation);
    }

    public void Dispose() => _limiter?.Dispose();

    private async ValueTask<RateLimitLease> WaitAsync(int size, CancellationToken cancellation)
    {
        var lease = Limiter.AcquireAsync(size, cancellation).AsTask();
        while (true)
        {
            try
            {
                // Without the token: what is cancelled is the wait in the limiter itself, so that a lease is never lost.
                return await lease.WaitAsync(StuckAfter, _time, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                CloseStuck();
            }
        }
    }

    /// <summary>Ends connections that hold answers and take none, so that the user's others go on.</summary>
    private void CloseStuck()
    {
        foreach (var connection in _connections)
            connection.CloseIfStuck(StuckAfter);
    }

    private static bool IsPage(Type answer) =>
        answer == typeof(MessagePage) || answer == typeof(SyncPage) || (answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Page<>));
}
