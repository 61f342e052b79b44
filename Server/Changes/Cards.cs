using ChatHub.Contracts;

namespace ChatHub.Server.Changes;

/// <summary>How somebody reads to others: the one place where a removed account loses its name.</summary>
public static class Cards
{
    public const string RemovedName = "Removed user";

    public static UserCard Of(string userId, string username, string displayName, string? avatarUrl, bool isVerified, long? removedAt) =>
        removedAt is not null
            ? new() { UserId = userId, Username = "", DisplayName = RemovedName }
            : new() { UserId = userId, Username = username, DisplayName = displayName, AvatarUrl = avatarUrl, IsVerified = isVerified };
}

/// <summary>A row that holds what somebody's card shows.</summary>
public abstract record CardRow
{
    public string UserId { get; init; } = "";
    public string Username { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string? AvatarUrl { get; init; }
    public bool IsVerified { get; init; }
    public long? RemovedAt { get; init; }

    public UserCard Card() => Cards.Of(UserId, Username, DisplayName, AvatarUrl, IsVerified, RemovedAt);
}
