namespace ChatHub.Benchmarks.Wires;

/// <summary>One record of a hub protocol, read just far enough to know whom it concerns.</summary>
public readonly ref struct HubRecord
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Ping = 6;
    public const int Close = 7;

    /// <summary>In bytes, without framing.</summary>
    public required int Length { get; init; }

    /// <summary>As the hub protocol numbers them.</summary>
    public required int Type { get; init; }

    public ReadOnlySpan<byte> InvocationId { get; init; }
    public ReadOnlySpan<byte> Target { get; init; }

    /// <summary>A completion's result, or an invocation's arguments, as they are on the wire.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
    public string? Error { get; init; }
}
