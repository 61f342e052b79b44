namespace ChatHub.Contracts;

/// <summary>How the sender of a request relates to its recipient.</summary>
public sealed record RequestContext
{
    /// <summary>YYYY-MM; null where the host gave no date.</summary>
    public string? SenderJoined { get; init; }

    /// <summary>Whether the recipient follows the sender.</summary>
    public required bool YouFollow { get; init; }

    /// <summary>Whether the sender follows the recipient.</summary>
    public required bool FollowsYou { get; init; }

    /// <summary>How many of the recipient's 1,000 latest follows follow the sender.</summary>
    public required int SharedFollowCount { get; init; }

    /// <summary>The first 3 of them.</summary>
    public required IReadOnlyList<UserCard> SharedFollows { get; init; }

    /// <summary>Of this sender, that reached the recipient and were withdrawn, deleted or expired in the last 365 days.</summary>
    public required int EarlierRequests { get; init; }
}
