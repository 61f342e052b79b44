namespace ChatHub.Contracts;

/// <summary>The response of PUT /api/me/avatar: a path on this server's origin.</summary>
public sealed record AvatarReceipt
{
    /// <summary>The picture's path.</summary>
    public required string AvatarUrl { get; init; }
}
