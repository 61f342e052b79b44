namespace ChatHub.Contracts;

/// <summary>To the sender, whose bubbles up to <see cref="Seq"/> turn from blue to green, and to the reader's other devices.</summary>
public sealed record MessagesSeen : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The reader's user id.</summary>
    public required string SeenBy { get; init; }

    /// <summary>The highest seq that was seen.</summary>
    public required long Seq { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many messages of the conversation the user has not seen.</summary>
    public required long UnreadCount { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
