using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>Retention:EvidenceDays and Moderation:AuditDays.</summary>
public sealed class EvidenceRetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);

    private InProcessServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync(("Moderation:AuditDays", "400"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_reports_notes_and_copies_are_removed_a_year_after_it_was_resolved()
    {
        await using var chat = await _server.OpenChatAsync();
        var id = await chat.Bob.ReportAsync(chat.Alice, note: "A private remark");
        await PassAsync(TimeSpan.FromDays(500));
        Assert.Equal("Hello?", (await _server.CaseAsync(id)).Evidence[0].Text);
        await _server.ResolveAsync(id, new() { Action = ReportAction.Dismiss, Reason = "Nothing in it" });

        await PassAsync(TimeSpan.FromDays(365) - TimeSpan.FromMinutes(1));
        Assert.NotEmpty((await _server.CaseAsync(id)).Evidence);
        await PassAsync(TimeSpan.FromMinutes(2));

        var left = await _server.CaseAsync(id);
        Assert.Empty(left.Evidence);
        Assert.Equal((ReportState.Resolved, 0, 0), (left.Report.State, left.Report.NoteCount, left.Report.EvidenceCount));
        Assert.DoesNotContain("A private remark", await _server.Database.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_is_kept_as_long_as_its_own_setting_says()
    {
        await using var chat = await _server.OpenChatAsync();
        await _server.ResolveAsync(await chat.Bob.ReportAsync(chat.Alice), new() { Action = ReportAction.Dismiss });

        await PassAsync(TimeSpan.FromDays(400) - TimeSpan.FromMinutes(1));
        Assert.NotEmpty((await _server.ModerationAsync<Page<AuditEntry>>("/audit")).Items);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty((await _server.ModerationAsync<Page<AuditEntry>>("/audit")).Items);
    }

    private async Task PassAsync(TimeSpan time)
    {
        await _server.Time.TimerSetAsync(Sweep).SoonAsync();
        _server.Time.Advance(time);
        await _server.Time.TimerSetAsync(Sweep).SoonAsync();
    }
}
