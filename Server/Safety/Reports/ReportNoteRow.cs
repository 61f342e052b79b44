using ChatHub.Contracts;

namespace ChatHub.Server.Safety.Reports;

/// <summary>A row of report_notes.</summary>
public sealed record ReportNoteRow
{
    public string Text { get; init; } = "";
    public long AddedAt { get; init; }

    public ReportNote ToContract() => new() { Text = Text, At = AddedAt.ToInstant() };
}
