using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>Report with <c>block</c>: one change, or none at all.</summary>
public sealed class ReportBlockTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Report_with_block_reports_and_blocks_as_one_change()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await using var laptop = await bob.Account.ConnectAsync();
        var sent = await alice.RequestAsync(bob, "Buy this!");
        await bob.NextAsync<RequestReceived>();
        await laptop.NextAsync<RequestReceived>();

        var receipt = await bob.Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Spam, Block = true });

        var changed = receipt.BlockChanged!;
        Assert.Equal((2, alice.Id, true, 0), (changed.Version, changed.UserId, changed.YouBlocked, changed.Badges.PendingRequests));
        Assert.Equal([sent.Request.RequestId], changed.RemovedRequestIds);
        Assert.Equal(Wire.Json(changed), Wire.Json(await laptop.NextAsync<BlockChanged>()));
        Assert.Equal("Buy this!", Assert.Single((await server.CaseAsync(receipt.ReportId)).Evidence).Text);
        await alice.ReceivedNothingElseAsync();
        await bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Report_of_a_blocked_user_answers_the_block_with_version_0_and_makes_no_event()
    {
        await using var chat = await server.OpenChatAsync();
        await using var laptop = await chat.Bob.Account.ConnectAsync();
        await chat.Bob.BlockAsync(chat.Alice);
        await laptop.NextAsync<BlockChanged>();

        var receipt = await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, Block = true });

        Assert.Equal((0, true, ConversationState.YouBlocked), (receipt.BlockChanged!.Version, receipt.BlockChanged.YouBlocked, receipt.BlockChanged.Conversation!.State));
        await laptop.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Report_beyond_the_daily_number_is_rate_limited_and_neither_adds_nor_blocks()
    {
        await using var chat = await server.OpenChatAsync();
        for (var i = 0; i < 20; i++)
            await chat.Bob.ReportAsync(chat.Alice, note: $"Note {i}");
        server.Time.Advance(TimeSpan.FromHours(1));
        var input = new ReportInput { UserId = chat.Alice.Id, Reason = ReportReason.Hate, Block = true };

        var refusal = await Wire.RefusedAsync(ErrorCodes.RateLimited, chat.Bob.Hub.Report(input));

        Assert.Equal(TimeSpan.FromHours(23), refusal.RetryAfter);
        Assert.Equal(ConversationState.Open, await chat.Bob.ChatStateAsync(chat.Id));
        await Wire.RefusedAsync(ErrorCodes.RateLimited, chat.Bob.ReportAsync(await server.ConnectUserAsync("carol")));

        // What adds nothing does not count, and may block; a reporter's number is their own.
        var receipt = await chat.Bob.Hub.Report(input with { Reason = ReportReason.Spam });
        Assert.True(receipt.BlockChanged!.Version > 0);
        Assert.Equal([ReportReason.Spam], (await server.CaseAsync(receipt.ReportId)).Report.Reasons);
        Assert.NotEmpty(await chat.Alice.ReportAsync(chat.Bob));

        server.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(receipt.ReportId, (await chat.Bob.Hub.Report(input)).ReportId);
    }

    [Fact]
    public async Task Report_with_block_over_an_expired_request_expires_it_first()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await bob.RequestAsync(alice);
        server.Time.Advance(TimeSpan.FromDays(30));

        var receipt = await bob.Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Spam, RequestId = sent.Request.RequestId, Block = true });

        Assert.Null(receipt.BlockChanged!.WithdrawnRequest);
        Assert.Equal(RequestState.Expired, (await bob.Hub.GetRequest(new() { RequestId = sent.Request.RequestId })).State);
        Assert.Single((await server.CaseAsync(receipt.ReportId)).Evidence);
    }
}
