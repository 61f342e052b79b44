using System.Diagnostics;
using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.Send;

/// <summary>
/// Two connected users: one writes with a fixed number of messages in flight, the other receives. Every message must be
/// acknowledged once and pushed once; anything else ends the run.
/// </summary>
public sealed class Pair : IAsyncDisposable
{
    private static readonly TimeSpan CompletionTimeout = TimeSpan.FromSeconds(30);

    private readonly HubSocket _sender;
    private readonly HubSocket _receiver;
    private readonly string _conversationId;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The two sockets are read on different threads: the gate guards all that follows.
    private readonly Lock _gate = new();
    private readonly Dictionary<long, InFlightMessage> _inFlight = [];
    private TaskCompletionSource _allComplete = new();
    private PairResult _result = new();
    private long _deadline;
    private long _lastNumber;
    private long _nextAt;

    public Pair(HubSocket sender, HubSocket receiver, string conversationId)
    {
        (_sender, _receiver, _conversationId) = (sender, receiver, conversationId);
        (_sender.Listener, _receiver.Listener) = (OnSenderRecord, OnReceiverRecord);
        _sender.Lost = _receiver.Lost = failure => _failed.TrySetException(failure);
    }

    /// <summary>Makes the messages' client ids.</summary>
    public required Func<Guid> NewClientId { get; init; }

    /// <summary>From one message to the next, whatever is in flight; zero is as fast as acknowledgements come.</summary>
    public TimeSpan Pace { get; set; }

    /// <summary>Sends until the deadline (a <see cref="Stopwatch"/> timestamp), then waits for what is still in flight.</summary>
    public async Task<PairResult> SendUntilAsync(long deadline, int inFlight, CancellationToken cancellation)
    {
        var sending = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
        var (completed, first) = Begin(deadline, inFlight);
        foreach (var message in first)
            await SendAsync(message);
        try
        {
            await await Task.WhenAny(completed, _failed.Task).WaitAsync(sending + CompletionTimeout, cancellation);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException($"messages were still without acknowledgement or push after {CompletionTimeout.TotalSeconds:0} s");
        }

        return _result;
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private (Task Completed, InFlightMessage[] First) Begin(long deadline, int inFlight)
    {
        lock (_gate)
        {
            _allComplete = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _result = new();
            _deadline = deadline;
            return (_allComplete.Task, [.. Enumerable.Range(0, inFlight).Select(_ => StartMessage())]);
        }
    }

    private ValueTask OnSenderRecord(HubRecord record)
    {
        if (record.Type != HubRecord.Completion)
            return ValueTask.CompletedTask;
        if (record.Error is { } error)
            throw new BenchmarkException($"SendMessage was refused: {error}");
        var next = Acknowledge(record);
        if (next is null)
            return ValueTask.CompletedTask;
        if (Pace == TimeSpan.Zero)
            return SendAsync(next);
        _ = SendInTimeAsync(next);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends it when the pace allows the next one. Meanwhile the socket reads on.</summary>
    private async Task SendInTimeAsync(InFlightMessage message)
    {
        try
        {
            await Task.Delay(TakeTurn());
            await SendAsync(message);
        }
        catch (Exception failure)
        {
            _failed.TrySetException(failure);
        }
    }

    /// <returns>How long until it. A pair that is late does not make up for it.</returns>
    private TimeSpan TakeTurn()
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            _nextAt = Math.Max(_nextAt + (long)(Pace.TotalSeconds * Stopwatch.Frequency), now);
            return Stopwatch.GetElapsedTime(now, _nextAt);
        }
    }

    private ValueTask OnReceiverRecord(HubRecord record)
    {
        // Other events (a Position, say) may come at any time and are no message.
        if (record.Type != HubRecord.Invocation || !record.Target.SequenceEqual("MessageReceived"u8))
            return ValueTask.CompletedTask;
        lock (_gate)
        {
            var message = Find(record);
            message.Push();
            _result.AddPush(record.Length);
            CompleteMessage(message);
        }

        return ValueTask.CompletedTask;
    }

    /// <returns>The message that takes its place, unless the time is up.</returns>
    private InFlightMessage? Acknowledge(HubRecord record)
    {
        lock (_gate)
        {
            var message = Find(record);
            message.Acknowledge(record.InvocationId);
            _result.AddResult(Stopwatch.GetElapsedTime(message.SentAt), record.Length);
            // The next message starts before this one is removed, so that the pair never looks idle in between.
            var next = Stopwatch.GetTimestamp() < _deadline ? StartMessage() : null;
            CompleteMessage(message);
            return next;
        }
    }

    private InFlightMessage StartMessage()
    {
        var message = new InFlightMessage(++_lastNumber, NewClientId());
        _inFlight.Add(message.Number, message);
        return message;
    }

    private InFlightMessage Find(HubRecord record)
    {
        var number = _sender.Wire.NumberIn(record.Payload);
        return _inFlight.TryGetValue(number, out var message)
            ? message
            : throw new BenchmarkException($"message {number} was never sent, or arrived again after it was complete");
    }

    private void CompleteMessage(InFlightMessage message)
    {
        if (message.IsComplete && _inFlight.Remove(message.Number) && _inFlight.Count == 0)
            _allComplete.TrySetResult();
    }

    private ValueTask SendAsync(InFlightMessage message)
    {
        var record = _sender.Wire.SendMessage(message.Number, _conversationId, message.ClientId);
        message.MarkSent();
        return _sender.SendAsync(record);
    }
}
