using ChatHub.Contracts;

namespace ChatHub.Server.Safety.Reports;

/// <summary>How a report grows. Pure.</summary>
public static class ReportRules
{
    /// <summary>How long what has left the reporter's view can be reported, and how far back the latest request may lie.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <summary>What a call adds: every reason, note, request and message once, and no more than a report holds.</summary>
    /// <param name="open">The open report; null where there is none yet.</param>
    /// <param name="reason">The call's reason.</param>
    /// <param name="note">The call's note.</param>
    /// <param name="copies">What the call names, in its order.</param>
    public static ReportAddition Addition(OpenReport? open, ReportReason reason, string? note, IReadOnlyList<EvidenceRow> copies)
    {
        if (open is null)
            return new(Bit(reason), note, [.. copies.DistinctBy(copy => copy.Source).Take(Limits.ReportEvidenceMax)], IsEmpty: false);

        var reasons = open.Reasons | Bit(reason);
        var isNewNote = note is not null && open.Notes.Count < Limits.ReportNotesMax && !open.Notes.Contains(note);
        var evidence = copies.DistinctBy(copy => copy.Source).Where(copy => !open.Sources.Contains(copy.Source))
            .Take(Math.Max(0, Limits.ReportEvidenceMax - open.Sources.Count)).ToList();
        return new(reasons, isNewNote ? note : null, evidence, reasons == open.Reasons && !isNewNote && evidence.Count == 0);
    }

    /// <summary>The reasons of a stored mask, in the order of the enum.</summary>
    public static IReadOnlyList<ReportReason> Reasons(int mask) =>
        [.. Enum.GetValues<ReportReason>().Where(reason => (mask & Bit(reason)) != 0)];

    private static int Bit(ReportReason reason) => 1 << (int)reason;
}
