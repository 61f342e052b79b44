using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Safety;

/// <summary>The settings under <c>Moderation</c>.</summary>
public sealed class ModerationOptions
{
    /// <summary>Calls of one reporter in 24 hours that add something to a report.</summary>
    [Range(1, 10_000)]
    public int ReportsPerDay { get; set; } = 20;

    /// <summary>How long the audit is kept.</summary>
    [Range(1, 36_500)]
    public int AuditDays { get; set; } = 365;

    /// <summary>
    /// From so many distinct reporters with open reports on, whose accounts are older than 7 days, a user's new requests arrive
    /// filtered; 0: off. The sender sees no difference.
    /// </summary>
    [Range(0, 10_000)]
    public int FilterAfterReporters { get; set; }
}
