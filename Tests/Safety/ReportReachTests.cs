using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>What has left the reporter's view can be reported for 30 days after.</summary>
public sealed class ReportReachTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    [Theory]
    [InlineData("deleted")]
    [InlineData("withdrawn")]
    [InlineData("blocked")]
    [InlineData("accepted and deleted")]
    public async Task Request_that_left_the_view_can_be_reported_for_30_days(string how)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Buy this!");
        var id = sent.Request.RequestId;
        await LeaveAsync(how, alice, bob, id);
        var input = new ReportInput { UserId = alice.Id, Reason = ReportReason.Spam, RequestId = id };

        server.Time.Advance(Reach - TimeSpan.FromMilliseconds(1));
        var opened = await server.CaseAsync((await bob.Hub.Report(input)).ReportId);
        Assert.Equal((id, "Buy this!"), (opened.Evidence[0].RequestId, opened.Evidence[0].Text));
        await server.ResolveAsync(opened.Report.ReportId, new() { Action = ReportAction.Dismiss });

        server.Time.Advance(Reach + TimeSpan.FromDays(1));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, bob.Hub.Report(input));

        // It is still in its sender's own view.
        Assert.NotEmpty((await alice.Hub.Report(input with { UserId = bob.Id })).ReportId);
    }

    [Fact]
    public async Task Request_taken_back_at_once_is_copied_by_a_report_that_names_nothing()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.WithdrawAsync((await alice.RequestAsync(bob, "First")).Request.RequestId);
        server.Time.Advance(TimeSpan.FromDays(1));
        await alice.WithdrawAsync((await alice.RequestAsync(bob, "Second")).Request.RequestId);

        server.Time.Advance(Reach - TimeSpan.FromMilliseconds(1));
        var id = await bob.ReportAsync(alice);
        Assert.Equal("Second", Assert.Single((await server.CaseAsync(id)).Evidence).Text);

        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        await server.ResolveAsync(id, new() { Action = ReportAction.Dismiss });
        Assert.Empty((await server.CaseAsync(await bob.ReportAsync(alice))).Evidence);
    }

    [Fact]
    public async Task Suppressed_request_is_neither_found_nor_copied()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await bob.DeleteAsync((await alice.RequestAsync(bob, "Let me in")).Request.RequestId);
        server.Time.Advance(TimeSpan.FromDays(1));
        await alice.WithdrawAsync((await alice.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items[0].RequestId);
        server.Time.Advance(TimeSpan.FromDays(2));
        var suppressed = (await alice.RequestAsync(bob, "Again")).Request.RequestId;

        Assert.Equal(["Let me in"], (await server.CaseAsync(await bob.ReportAsync(alice))).Evidence.Select(e => e.Text));
        await Wire.RefusedAsync(
            ErrorCodes.RequestNotFound, bob.Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Spam, RequestId = suppressed }));
    }

    [Fact]
    public async Task Messages_of_a_blocked_users_chat_can_be_reported_at_any_time()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Bob.BlockAsync(chat.Alice);
        server.Time.Advance(TimeSpan.FromDays(300));
        var receipt = await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id, Seqs = [1] });
        Assert.Single((await server.CaseAsync(receipt.ReportId)).Evidence);
    }

    private static async Task LeaveAsync(string how, Device alice, Device bob, string id)
    {
        if (how == "accepted and deleted")
            await bob.AcceptAsync(id);
        if (how == "withdrawn")
            await alice.WithdrawAsync(id);
        else if (how == "blocked")
            await bob.BlockAsync(alice);
        else
            await bob.DeleteAsync(id);
    }
}
