using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>Warnings: published live as MeChanged, and shown in Me from then on.</summary>
public sealed class WarningService(RecordStore records, AuditStore audit, MeEvents me)
{
    internal static string CheckReason(string? reason) => Arguments.Text(reason, "reason", 1, Limits.ModerationReasonMax);

    internal async Task WarnAsync(Change change, UserRef user, string moderator, string reason, string reportId)
    {
        await records.AddAsync(change.Session, user.Key, new()
        {
            Kind = RecordKind.Warning,
            At = change.NowMs,
            ModeratorId = moderator,
            Text = reason,
            ReportId = reportId,
        });
        await audit.AddAsync(change.Session, new()
        {
            At = change.NowMs,
            ModeratorId = moderator,
            Action = AuditAction.Warn,
            UserId = user.Id,
            ReportId = reportId,
            Reason = reason,
        });
        await me.RaiseAsync(change, user);
    }
}
