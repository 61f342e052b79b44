using ChatHub.Server.Changes;
using ChatHub.Server.People;
using ChatHub.Server.Safety;
using ChatHub.Server.Safety.Reports;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Requests;

/// <summary>
/// Where a request arrives: in main, in filtered, or nowhere. All of it is read whatever comes of it, so that the time of
/// the call does not show its sender which it was.
/// </summary>
public sealed class RequestSorter(
    RequestStore requests, ReporterStore reporters, IOptions<MessagingOptions> options, IOptions<ModerationOptions> moderation)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public async Task<RequestEntry> SortAsync(Change change, long sender, RelationFacts facts, string text, bool isFilteredByHost)
    {
        var recipient = facts.Other.Key;
        var fromNewAccount = AccountAge.IsYounger(facts.OwnJoinedAt, AccountAge.Month, change.Now);
        var received = await requests.ReceivedSinceAsync(change.Session, recipient, fromNewAccount, Ago(change, Day));
        var turnedDown = await requests.WasDeletedSinceAsync(change.Session, sender, recipient, Ago(change, RequestRules.SuppressedFor));
        var reporting = moderation.Value.FilterAfterReporters is var enough and > 0 && await reporters.CountAsync(change.Session, sender, change.Now) >= enough;
        var filter = await requests.FilterFactsAsync(change.Session, sender, recipient);

        var isFiltered = HiddenWords.Of(HiddenWordsStore.Parse(filter.Words)).AreIn(text, filter.DisplayName, filter.Username)
            | AccountAge.IsYounger(facts.OwnJoinedAt, TimeSpan.FromDays(facts.MinAgeDays), change.Now)
            | reporting
            | isFilteredByHost
            | received >= options.Value.RequestsReceivedPerDay;
        return turnedDown ? RequestEntry.Suppressed : isFiltered ? RequestEntry.Filtered : RequestEntry.Main;
    }

    private static long Ago(Change change, TimeSpan time) => (change.Now - time).ToUnixTimeMilliseconds();
}
