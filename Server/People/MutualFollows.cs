namespace ChatHub.Server.People;

/// <summary>The follows between two users.</summary>
/// <param name="Follows">The first follows the second.</param>
/// <param name="IsFollowed">The second follows the first.</param>
public readonly record struct MutualFollows(bool Follows, bool IsFollowed);
