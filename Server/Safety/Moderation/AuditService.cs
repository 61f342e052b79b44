using ChatHub.Contracts;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>Reads the audit, and prunes it by age.</summary>
public sealed class AuditService(IDatabase database, AuditStore audit, Cursors cursors, IOptions<ModerationOptions> options, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public async Task<Page<AuditEntry>> ListAsync(string moderator, string? cursor, int take, CancellationToken cancellation)
    {
        var scope = new CursorScope("audit", moderator);
        var before = cursors.ReadNumbers(scope, cursor, 1)?[0] ?? long.MaxValue;
        var rows = await database.ReadAsync(session => audit.LatestAsync(session, moderator, before, take + 1), cancellation);
        return PageBounds.Page(rows, take, row => row.ToContract(), TextSize.Of, row => cursors.Write(scope, row.AuditKey));
    }

    /// <summary>Removes what is older than <see cref="ModerationOptions.AuditDays"/>.</summary>
    public Task PruneAsync(CancellationToken cancellation)
    {
        var before = (time.GetUtcNow() - TimeSpan.FromDays(options.Value.AuditDays)).ToUnixTimeMilliseconds();
        return database.WriteInStepsAsync(session => audit.PruneAsync(session, before), AuditStore.PruneStep, cancellation);
    }
}
