using ChatHub.Contracts;

namespace ChatHub.Server.Common;

/// <summary>The columns of a user's card, for rows that carry one.</summary>
public abstract record CardRow
{
    public string UserId { get; init; } = "";
    public string Username { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string? AvatarUrl { get; init; }
    public bool IsVerified { get; init; }
    public long? RemovedAt { get; init; }

    public UserCard Card() => UserCardMapper.Map(UserId, Username, DisplayName, AvatarUrl, IsVerified, RemovedAt);
}
