namespace ChatHub.Contracts;

/// <summary>Not stored; a client whose version is behind calls Sync.</summary>
public sealed record Position
{
    /// <summary>The database's epoch.</summary>
    public required string Epoch { get; init; }

    /// <summary>The user's version at the server.</summary>
    public required long Version { get; init; }
}
