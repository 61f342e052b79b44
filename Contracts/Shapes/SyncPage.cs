namespace ChatHub.Contracts;

/// <summary>What changed for the caller since a version, each item once, in its latest state, in the order of its stamp.</summary>
public sealed record SyncPage
{
    /// <summary>The database's present epoch.</summary>
    public required string Epoch { get; init; }

    /// <summary>How far the page reaches; on the last page the caller's own version.</summary>
    public required long Version { get; init; }

    /// <summary>Whether another page follows.</summary>
    public required bool HasMore { get; init; }

    /// <summary>Another epoch, or a version from the future: drop everything, take <see cref="Version"/>, read the lists.</summary>
    public required bool Reset { get; init; }

    /// <summary>The user; valid on the last page only.</summary>
    public required Me Me { get; init; }

    /// <summary>Changed conversations.</summary>
    public required IReadOnlyList<Conversation> Conversations { get; init; }

    /// <summary>Changed requests.</summary>
    public required IReadOnlyList<Request> Requests { get; init; }

    /// <summary>Requests that left the folder.</summary>
    public required IReadOnlyList<string> RemovedRequestIds { get; init; }
}
