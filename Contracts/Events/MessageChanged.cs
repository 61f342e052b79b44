namespace ChatHub.Contracts;

/// <summary>
/// A message was edited or removed, or a reaction to it changed: to both sides, but to none that has cleared it. A client
/// that holds <see cref="LastChange"/> - 1 applies it; any other reads GetMessages with <c>changedAfter</c>.
/// </summary>
public sealed record MessageChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing in the user's view.</summary>
    public required long Version { get; init; }

    /// <summary>The message in its present state; also the conversation's last message, where its seq is the last.</summary>
    public required Message Message { get; init; }

    /// <summary>The conversation's latest change.</summary>
    public required long LastChange { get; init; }

    /// <summary>The user's badges, which no change of a message moves.</summary>
    public required Badges Badges { get; init; }
}
