namespace ChatHub.Server.Safety.Reports;

/// <summary>What a call adds to a report.</summary>
/// <param name="Reasons">Every reason that the report then has, a bit for each.</param>
/// <param name="Note">A new note.</param>
/// <param name="Evidence">What is not in the report yet.</param>
/// <param name="IsEmpty">The report stays as it is.</param>
public sealed record ReportAddition(int Reasons, string? Note, IReadOnlyList<EvidenceRow> Evidence, bool IsEmpty);
