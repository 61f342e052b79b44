namespace ChatHub.Server.Safety.Moderation;

/// <summary>What a row of a user's history is. Stored as a number.</summary>
public enum RecordKind
{
    Warning,
    Ban,
    Note,
}
