using ChatHub.Contracts;

namespace ChatHub.Server.Common;

/// <summary>A row that holds what somebody's card shows.</summary>
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
