namespace ChatHub.Contracts;

/// <summary>A reporter's note.</summary>
public sealed record ReportNote
{
    /// <summary>1..1,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset At { get; init; }
}
