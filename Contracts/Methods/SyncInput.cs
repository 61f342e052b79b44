namespace ChatHub.Contracts;

/// <summary>The input of Sync.</summary>
public sealed record SyncInput
{
    /// <summary>The epoch of the client's data.</summary>
    public string? Epoch { get; init; }

    /// <summary>The version of the client's data.</summary>
    public long? After { get; init; }

    /// <summary>1 to 100 items, 30 by default; a version is never split.</summary>
    public int? Limit { get; init; }
}
