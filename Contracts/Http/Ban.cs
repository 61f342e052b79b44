namespace ChatHub.Contracts;

/// <summary>A ban from messaging that holds.</summary>
public sealed record Ban
{
    /// <summary>Who is banned.</summary>
    public required string UserId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset BannedAt { get; init; }

    /// <summary>Null: until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason that the banned user reads.</summary>
    public string? Reason { get; init; }
}
