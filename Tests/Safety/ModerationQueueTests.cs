using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>The queue: by distinct reporters with accounts older than 7 days, then oldest; no page passes one over.</summary>
public sealed class ModerationQueueTests : IAsyncLifetime
{
    private InProcessServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Queue_is_sorted_by_reporters_older_than_7_days_then_oldest()
    {
        var old = await ConnectUserAsync(3);
        _server.Time.Advance(TimeSpan.FromDays(7));
        var fresh = await ConnectUserAsync(3, age: TimeSpan.Zero);
        var (once, byFresh, twice) = (fresh[0], fresh[1], fresh[2]);
        string[] ids =
        [
            await fresh[0].ReportAsync(byFresh), await fresh[2].ReportAsync(byFresh), await old[0].ReportAsync(byFresh, note: "one of three"),
            await old[0].ReportAsync(once), await old[0].ReportAsync(twice), await old[1].ReportAsync(twice), await old[1].ReportAsync(twice, note: "again"),
            await fresh[0].ReportAsync(old[2]),
        ];

        var listed = await _server.AllAsync();
        Assert.Equal(
            [(ids[4], 2), (ids[5], 2), (ids[0], 1), (ids[1], 1), (ids[2], 1), (ids[3], 1), (ids[7], 0)],
            listed.Select(report => (report.ReportId, report.Reporters!.Value)));
        Assert.Equal(listed.Select(report => report.ReportId), (await _server.AllAsync(limit: 1)).Select(report => report.ReportId));

        // A resolved one no longer counts, and accounts grow older.
        await _server.ResolveAsync(ids[4], new() { Action = ReportAction.Dismiss });
        _server.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal([3, 3, 3, 1, 1, 1], (await _server.AllAsync()).Select(report => report.Reporters!.Value));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(7 * 24 * 60, 1)]
    [InlineData((7 * 24 * 60) - 1, 0)]
    public async Task Reporter_counts_by_the_age_of_the_account_and_not_by_when_the_host_brought_it(int? minutes, int reporters)
    {
        var reporter = (await ConnectUserAsync(1, minutes is { } age ? TimeSpan.FromMinutes(age) : null))[0];
        var reported = (await ConnectUserAsync(1))[0];
        await reporter.ReportAsync(reported);

        Assert.Equal(reporters, Assert.Single(await _server.AllAsync()).Reporters);
    }

    [Fact]
    public async Task Pages_pass_over_no_report_whose_rank_changes_between_them()
    {
        var people = await ConnectUserAsync(8);
        _server.Time.Advance(TimeSpan.FromDays(8));
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
            ids.Add(await people[7].ReportAsync(people[i]));

        var seen = new List<string>();
        string? cursor = null;
        var round = 0;
        do
        {
            var page = await _server.ModerationAsync<Page<ReportSummary>>($"/reports?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Items.Select(report => report.ReportId));
            cursor = page.NextCursor;

            // The last one moves to the front, and what was seen first is resolved.
            await people[6].ReportAsync(people[5], note: $"{round}");
            if (round++ == 2)
                await _server.ResolveAsync(ids[0], new() { Action = ReportAction.Dismiss });
        }
        while (cursor is not null);

        Assert.Equal(ids, seen);
        Assert.Equal(2, (await _server.AllAsync())[0].Reporters);
    }

    [Fact]
    public async Task Queue_of_many_reports_with_much_evidence_is_read_as_summaries()
    {
        await using var chat = await _server.OpenChatAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => chat.Alice.SayAsync(chat.Id, new('李', 4_000))));
        await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id, Seqs = [.. Enumerable.Range(2, 100).Select(seq => (long)seq)] });

        var answer = await _server.HttpAsync("GET", "/api/moderation/reports", await _server.ModeratorAsync());
        Assert.InRange(answer.Content.Length, 1, 2_000);
        Assert.Equal(100, answer.Read<Page<ReportSummary>>().Items[0].EvidenceCount);
    }

    private async Task<List<Device>> ConnectUserAsync(int count, TimeSpan? age = null)
    {
        var devices = new List<Device>();
        for (var i = 0; i < count; i++)
        {
            devices.Add(await (await Account.BringAsync(_server, new()
            {
                Username = Account.UniqueName("user"),
                DisplayName = "User",
                CreatedAt = _server.Time.GetUtcNow() - age,
            })).ConnectAsync());
        }

        return devices;
    }
}
