using System.Buffers.Text;
using System.Diagnostics;

namespace ChatHub.Benchmarks.Send;

/// <summary>One message between its sending and the later of its acknowledgement and its push.</summary>
public sealed class InFlightMessage(long number, Guid clientId)
{
    private bool _acknowledged;
    private bool _pushed;

    public Guid ClientId { get; } = clientId;

    /// <summary>The id of the invocation, and the text of the message: the receiver does not get the client id.</summary>
    public long Number { get; } = number;
    public long SentAt { get; private set; }
    public bool IsComplete => _acknowledged && _pushed;

    public void MarkSent() => SentAt = Stopwatch.GetTimestamp();

    public void Acknowledge(ReadOnlySpan<byte> invocationId)
    {
        if (_acknowledged || !Utf8Parser.TryParse(invocationId, out long number, out _) || number != Number)
            throw new BenchmarkException($"message {Number} was acknowledged twice or for another call");
        _acknowledged = true;
    }

    public void Push()
    {
        if (_pushed)
            throw new BenchmarkException($"message {Number} was pushed twice");
        _pushed = true;
    }
}
