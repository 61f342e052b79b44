using System.Threading.Channels;
using Xunit.Sdk;

namespace ChatHub.Tests.Infrastructure;

/// <summary>What was received, in order; each item is taken once.</summary>
public sealed class ReceivedQueue<T>
    where T : notnull
{
    private readonly Channel<T> _all = Channel.CreateUnbounded<T>();

    public void Add(T arrival) => _all.Writer.TryWrite(arrival);

    public Task<T> NextAsync() => _all.Reader.ReadAsync(TestTimeouts.Token).AsTask().SoonAsync($"the next {typeof(T).Name}");

    /// <summary>The next; throws <see cref="OperationCanceledException"/> after the timeout.</summary>
    public async Task<T> NextAsync(TimeSpan timeout)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestTimeouts.Token);
        limit.CancelAfter(timeout);
        return await _all.Reader.ReadAsync(limit.Token);
    }

    public async Task<TNext> NextAsync<TNext>()
        where TNext : T
    {
        var next = await _all.Reader.ReadAsync(TestTimeouts.Token).AsTask().SoonAsync($"the next event, a {typeof(TNext).Name}");
        return next is TNext expected
            ? expected
            : throw new XunitException($"Expected {typeof(TNext).Name} as the next event, but it was {next}");
    }

    /// <summary>Everything received and not taken yet.</summary>
    public IReadOnlyList<T> TakeAll()
    {
        var taken = new List<T>();
        while (_all.Reader.TryRead(out var arrival))
            taken.Add(arrival);
        return taken;
    }
}
