using ChatHub.Contracts;

namespace ChatHub.Server.Common;

/// <summary>Maps a user to the card that others see: the one place where a removed account loses its name.</summary>
public static class UserCardMapper
{
    public static UserCard Map(string userId, string username, string displayName, string? avatarUrl, bool isVerified, long? removedAt) =>
        removedAt is not null
            ? new() { UserId = userId, Username = "", DisplayName = Limits.RemovedDisplayName }
            : new() { UserId = userId, Username = username, DisplayName = displayName, AvatarUrl = avatarUrl, IsVerified = isVerified };
}
