namespace ChatHub.Server.Changes;

/// <summary>How far a user's version is.</summary>
public sealed record UserVersion
{
    public string UserId { get; init; } = "";
    public long Version { get; init; }
    public bool IsRemoved { get; init; }
}
