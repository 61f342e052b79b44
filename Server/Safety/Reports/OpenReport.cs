namespace ChatHub.Server.Safety.Reports;

/// <summary>What the open report of a reporter on a user holds already.</summary>
/// <param name="Key">The report's key.</param>
/// <param name="Id">The report's id.</param>
/// <param name="Reasons">A bit for each reason.</param>
/// <param name="Notes">The notes' texts.</param>
/// <param name="Sources">What its evidence is copied from.</param>
public sealed record OpenReport(long Key, string Id, int Reasons, IReadOnlyList<string> Notes, IReadOnlySet<EvidenceSource> Sources);
