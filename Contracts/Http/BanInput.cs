namespace ChatHub.Contracts;

/// <summary>PUT /api/moderation/bans/{userId}. Without hours it holds until it is lifted.</summary>
public sealed record BanInput
{
    /// <summary>The length of the ban in hours; null until it is lifted.</summary>
    public int? Hours { get; init; }

    /// <summary>The reason that the banned user reads.</summary>
    public string? Reason { get; init; }
}
