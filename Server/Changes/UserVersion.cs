namespace ChatHub.Server.Changes;

/// <summary>A user's current version, and whether the account was erased.</summary>
public sealed record UserVersion
{
    public string UserId { get; init; } = "";
    public long Version { get; init; }
    public bool IsRemoved { get; init; }
}
