using ChatHub.Contracts;
using ChatHub.Server.Requests;
using ChatHub.Server.Safety.Moderation;

namespace ChatHub.Server.Hosting.Demo;

/// <summary>A queue of reports, one of them on a banned user; a warning, a note, a block.</summary>
internal sealed class DemoModeration(DemoActions act, ReportService reports, ModerationService moderation, HistoryService history)
{
    public async Task FillAsync(DemoUser moderator, DemoUser anna, DemoUser ben, DemoUser prize, DemoUser spam, DemoUser rolf)
    {
        act.At(0.9);
        var banned = await ReportAsync(anna, spam, ReportReason.Spam, "The same text as to my sister.");
        var warned = await ReportAsync(anna, rolf, ReportReason.Harassment, "He does not stop.");
        act.At(0.8);
        await moderation.ResolveAsync(moderator.Id, banned, new() { Action = ReportAction.Ban, Reason = "Advertising to strangers." }, CancellationToken.None);
        await moderation.ResolveAsync(moderator.Id, warned, new() { Action = ReportAction.Warn, Reason = "Write to people once, and wait." }, CancellationToken.None);
        await history.AddNoteAsync(moderator.Id, rolf.Id, new() { Text = "Second report within a month; a ban is next." }, CancellationToken.None);
        await act.BlockAsync(anna, rolf);

        act.At(0.5);
        await ReportAsync(anna, prize, ReportReason.Spam, "The third of these today.");
        await ReportAsync(ben, prize, ReportReason.Spam, "Asks for card numbers.");
        await ReportAsync(ben, rolf, ReportReason.Other, "He asked me for Anna's address.");
    }

    /// <returns>The report's id.</returns>
    private async Task<string> ReportAsync(DemoUser reporter, DemoUser reported, ReportReason reason, string note)
    {
        var receipt = await reports.ReportAsync(reporter.Caller, new() { UserId = reported.Id, Reason = reason, Note = note }, CancellationToken.None);
        return receipt.ReportId;
    }
}
