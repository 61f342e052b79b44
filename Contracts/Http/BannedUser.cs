namespace ChatHub.Contracts;

/// <summary>GET /api/moderation/bans: a user whose ban holds.</summary>
public sealed record BannedUser
{
    /// <summary>Who is banned.</summary>
    public required UserCard User { get; init; }

    /// <summary>The ban.</summary>
    public required Ban Ban { get; init; }
}
