namespace ChatHub.Server.People;

/// <summary>A stored picture.</summary>
public sealed record AvatarRow
{
    public string ContentType { get; init; } = "";
    public byte[] Content { get; init; } = [];
}
