namespace ChatHub.Contracts;

/// <summary>The response of a refused HTTP call: RFC 9457 problem details with the contract's code.</summary>
public sealed record Problem
{
    /// <summary>The sentence for people.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Seconds to wait, where waiting helps.</summary>
    public int? RetryAfter { get; init; }
}
