using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>A report keeps its own copy of the evidence, and the reported user learns nothing.</summary>
public sealed class ReportTests(SharedServer server)
{
    [Fact]
    public async Task The_named_messages_are_copied_and_no_erasure_takes_them_away()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "You are awful.");
        await chat.Bob.SayAsync(chat.Id, "Stop that.");
        await chat.Alice.SayAsync(chat.Id, "Never.");
        var receipt = await chat.Bob.Hub.Report(new()
        {
            UserId = chat.Alice.Id,
            Reason = ReportReason.Harassment,
            Note = " Every day. ",
            RequestId = chat.RequestId,
            ConversationId = chat.Id,
            Seqs = [4, 2, 2],
        });

        await server.EraseAsync(chat.Alice);
        var report = await CaseAsync(receipt.ReportId);
        Assert.Equal((chat.Bob.Id, chat.Alice.Id, "Removed user"), (report.Reporter.UserId, report.Reported.UserId, report.Reported.DisplayName));
        Assert.Equal((ReportReason.Harassment, "Every day.", ReportState.Open), (report.Reason, report.Note, report.State));
        Assert.Equal(
            [(chat.RequestId, null, null, "Hello?"), (null, chat.Id, 2L, "You are awful."), (null, chat.Id, 4L, "Never.")],
            report.Evidence.Select(e => (e.RequestId, e.ConversationId, e.Seq, e.Text)));
        Assert.All(report.Evidence, e => Assert.Equal(chat.Alice.Id, e.SenderId));
    }

    [Fact]
    public async Task Without_seqs_the_latest_30_messages_are_copied()
    {
        await using var chat = await server.OpenChatAsync();
        for (var seq = 2; seq <= 33; seq++)
            await chat.Alice.SayAsync(chat.Id, $"Message {seq}");
        var receipt = await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id });
        Assert.Equal(Enumerable.Range(4, 30).Select(seq => (long?)seq), (await CaseAsync(receipt.ReportId)).Evidence.Select(e => e.Seq));
    }

    [Fact]
    public async Task The_same_report_again_answers_the_first_id_and_any_other_a_new_one()
    {
        await using var chat = await server.OpenChatAsync();
        var input = new ReportInput { UserId = chat.Alice.Id, Reason = ReportReason.Spam, Note = "Look", ConversationId = chat.Id, Seqs = [1] };
        var first = await chat.Bob.Hub.Report(input);
        await chat.Alice.SayAsync(chat.Id, "Something new");
        Assert.Equal(first, await chat.Bob.Hub.Report(input));

        var ids = new List<string> { first.ReportId };
        foreach (var other in (ReportInput[])[
            input with { Reason = ReportReason.Hate }, input with { Note = null }, input with { Seqs = [1, 2] },
            input with { ConversationId = null, Seqs = null }, input with { RequestId = chat.RequestId }])
        {
            ids.Add((await chat.Bob.Hub.Report(other)).ReportId);
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_reported_user_and_the_reporters_own_devices_hear_nothing()
    {
        await using var chat = await server.OpenChatAsync();
        var version = await chat.Bob.VersionAsync();
        await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Other, ConversationId = chat.Id });
        await chat.Alice.ReceivedNothingElseAsync();
        Assert.Equal(version, await chat.Bob.VersionAsync());
    }

    [Fact]
    public async Task A_request_can_be_reported_before_it_is_answered_and_after_its_withdrawal_but_not_once_deleted()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Buy this!");
        var input = new ReportInput { UserId = alice.Id, Reason = ReportReason.Spam, RequestId = sent.Request.RequestId };
        await alice.WithdrawAsync(sent.Request.RequestId);
        var receipt = await bob.Hub.Report(input);
        Assert.Equal("Buy this!", Assert.Single((await CaseAsync(receipt.ReportId)).Evidence).Text);

        await bob.DeleteAsync(sent.Request.RequestId);
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, bob.Hub.Report(input with { Note = "Again" }));
        // Its own sender may: it is theirs.
        Assert.NotEmpty((await alice.Hub.Report(input with { UserId = bob.Id })).ReportId);
    }

    [Fact]
    public async Task Only_what_is_between_the_two_is_evidence()
    {
        await using var chat = await server.OpenChatAsync();
        await using var carol = await server.ConnectUserAsync("carol");
        var strangers = await carol.RequestAsync(chat.Alice);
        var input = new ReportInput { UserId = chat.Alice.Id, Reason = ReportReason.Spam };

        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, carol.Hub.Report(input with { ConversationId = chat.Id }));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, carol.Hub.Report(input with { RequestId = chat.RequestId }));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, chat.Bob.Hub.Report(input with { UserId = carol.Id, ConversationId = chat.Id }));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, chat.Bob.Hub.Report(input with { RequestId = strangers.Request.RequestId }));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, chat.Bob.Hub.Report(input with { ConversationId = "nothing" }));
    }

    [Fact]
    public async Task Its_arguments_are_checked()
    {
        await using var chat = await server.OpenChatAsync();
        var good = new ReportInput { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id };
        foreach (var bad in (ReportInput[])[
            good with { UserId = null }, good with { Reason = null }, good with { UserId = chat.Bob.Id },
            good with { Note = new('x', 1001) }, good with { Seqs = [0] }, good with { Seqs = [2] },
            good with { ConversationId = null, Seqs = [1] }, good with { Seqs = [.. Enumerable.Repeat(1L, 101)] }])
        {
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.Hub.Report(bad));
        }

        await Wire.RefusedAsync(ErrorCodes.UserNotFound, chat.Bob.Hub.Report(good with { UserId = "nobody" }));
        Assert.NotEmpty((await chat.Bob.Hub.Report(good with { Note = new('x', 1000), Seqs = [.. Enumerable.Repeat(1L, 100)] })).ReportId);
        using var raw = await RawHub.ConnectAsync(server, chat.Bob.Account.Token);
        var answer = await raw.InvokeAsync("Report", $$"""{"userId":"{{chat.Alice.Id}}","reason":"boredom"}""");
        Assert.Contains("invalid_argument: reason", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task<ReportCase> CaseAsync(string reportId) => await server.FindCaseAsync(reportId);
}
