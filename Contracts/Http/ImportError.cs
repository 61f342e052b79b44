namespace ChatHub.Contracts;

/// <summary>Why a line was refused.</summary>
public sealed record ImportError
{
    /// <summary>1 for the first.</summary>
    public required long Line { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The sentence for people.</summary>
    public required string Message { get; init; }
}
