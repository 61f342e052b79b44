namespace ChatHub.Contracts;

/// <summary>A side's reaction to a message; each side has at most one for each message.</summary>
public sealed record Reaction
{
    /// <summary>Who reacted.</summary>
    public required string UserId { get; init; }

    /// <summary>One RGI emoji sequence of UTS #51.</summary>
    public required string Emoji { get; init; }
}
