namespace ChatHub.Contracts;

/// <summary>What is stored on the user alone. <see cref="BirthDate"/> is YYYY-MM-DD.</summary>
public sealed record ExportAccount
{
    /// <summary>The user.</summary>
    public required Me Me { get; init; }

    /// <summary>The birth date as YYYY-MM-DD.</summary>
    public string? BirthDate { get; init; }

    /// <summary>Since when the account exists; where its host does not say, since when it is here.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user was last online; null when hidden or unknown.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}
