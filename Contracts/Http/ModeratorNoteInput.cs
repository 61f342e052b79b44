namespace ChatHub.Contracts;

/// <summary>POST /api/moderation/users/{userId}/notes.</summary>
public sealed record ModeratorNoteInput
{
    /// <summary>1..1,000 characters. Required.</summary>
    public string? Text { get; init; }
}
