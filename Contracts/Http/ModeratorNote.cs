namespace ChatHub.Contracts;

/// <summary>A moderator's note on a user, for moderators alone.</summary>
public sealed record ModeratorNote
{
    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moderator's user id.</summary>
    public required string ModeratorId { get; init; }

    /// <summary>1..1,000 characters.</summary>
    public required string Text { get; init; }
}
