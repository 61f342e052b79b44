namespace ChatHub.Contracts;

/// <summary>GET /api/moderation/reports/{id}: one report with its own copy of the evidence.</summary>
public sealed record ReportCase
{
    /// <summary>As the queue lists it.</summary>
    public required ReportSummary Report { get; init; }

    /// <summary>The reporter's notes, oldest first.</summary>
    public required IReadOnlyList<ReportNote> Notes { get; init; }

    /// <summary>What was said, as it was when it was reported: requests, then messages by seq.</summary>
    public required IReadOnlyList<ReportEvidence> Evidence { get; init; }

    /// <summary>The reported user's history.</summary>
    public required ModeratedUser History { get; init; }
}
