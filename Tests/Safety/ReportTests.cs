using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>A report keeps its own copy of the evidence and grows; the reported user learns nothing.</summary>
public sealed class ReportTests(SharedServer server)
{
    [Fact]
    public async Task Named_messages_are_copied_and_survive_an_erasure()
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

        Assert.Null(receipt.BlockChanged);
        await server.EraseAsync(chat.Alice);
        var opened = await server.CaseAsync(receipt.ReportId);
        Assert.Equal((chat.Bob.Id, chat.Alice.Id, "Removed user"), (opened.Report.Reporter.UserId, opened.Report.Reported.UserId, opened.Report.Reported.DisplayName));
        Assert.Equal((1, 3, ReportState.Open), (opened.Report.NoteCount, opened.Report.EvidenceCount, opened.Report.State));
        Assert.Equal([ReportReason.Harassment], opened.Report.Reasons);
        Assert.Equal(["Every day."], opened.Notes.Select(note => note.Text));
        Assert.Equal(
            [(chat.RequestId, null, null, "Hello?"), (null, chat.Id, 2L, "You are awful."), (null, chat.Id, 4L, "Never.")],
            opened.Evidence.Select(e => (e.RequestId, e.ConversationId, e.Seq, e.Text)));
        Assert.All(opened.Evidence, e => Assert.Equal(chat.Alice.Id, e.SenderId));
    }

    [Fact]
    public async Task Conversation_without_seqs_gives_its_latest_30_messages()
    {
        await using var chat = await server.OpenChatAsync();
        for (var seq = 2; seq <= 33; seq++)
            await chat.Alice.SayAsync(chat.Id, $"Message {seq}");
        var receipt = await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id });
        Assert.Equal(Enumerable.Range(4, 30).Select(seq => (long?)seq), (await server.CaseAsync(receipt.ReportId)).Evidence.Select(e => e.Seq));
    }

    [Fact]
    public async Task Report_that_names_nothing_copies_the_latest_request_and_the_latest_messages()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "You are awful.");
        Assert.Equal(
            [(chat.RequestId, null, "Hello?"), (null, 1L, "Hello?"), (null, 2L, "You are awful.")],
            (await server.CaseAsync(await chat.Bob.ReportAsync(chat.Alice))).Evidence.Select(e => (e.RequestId, e.Seq, e.Text)));

        // What the reporter sent reached the other side, not them.
        Assert.DoesNotContain((await server.CaseAsync(await chat.Alice.ReportAsync(chat.Bob))).Evidence, e => e.RequestId is not null);
        await using var carol = await server.ConnectUserAsync("carol");
        Assert.Empty((await server.CaseAsync(await carol.ReportAsync(chat.Bob))).Evidence);
    }

    [Fact]
    public async Task Reporting_again_adds_to_the_open_report_and_copies_each_message_once()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "Second");
        var input = new ReportInput { UserId = chat.Alice.Id, Reason = ReportReason.Spam, Note = "Look", ConversationId = chat.Id, Seqs = [1] };
        var id = (await chat.Bob.Hub.Report(input)).ReportId;
        foreach (var again in (ReportInput[])[
            input, input with { Reason = ReportReason.Hate }, input with { Note = "And here" }, input with { Seqs = [1, 2] }, input with { RequestId = chat.RequestId },
            new() { UserId = chat.Alice.Id, Reason = ReportReason.Hate }])
        {
            Assert.Equal(id, (await chat.Bob.Hub.Report(again)).ReportId);
        }

        var opened = await server.CaseAsync(id);
        Assert.Equal([ReportReason.Spam, ReportReason.Hate], opened.Report.Reasons);
        Assert.Equal(["Look", "And here"], opened.Notes.Select(note => note.Text));
        Assert.Equal([(chat.RequestId, null), (null, 1L), (null, 2L)], opened.Evidence.Select(e => (e.RequestId, e.Seq)));

        // Another reporter's is a report of its own, and so is the next one after it was resolved.
        Assert.NotEqual(id, await chat.Alice.ReportAsync(chat.Bob));
        await server.ResolveAsync(id, new() { Action = ReportAction.Dismiss });
        var next = (await chat.Bob.Hub.Report(input)).ReportId;
        Assert.NotEqual(id, next);
        Assert.Single((await server.CaseAsync(next)).Evidence);
    }

    [Fact]
    public async Task Report_holds_at_most_500_messages_and_20_notes()
    {
        await using var own = await InProcessServer.StartAsync(("Moderation:ReportsPerDay", "1000"));
        await using var chat = await own.OpenChatAsync();
        foreach (var some in Enumerable.Range(2, 519).Chunk(20))
            await Task.WhenAll(some.Select(n => chat.Alice.SayAsync(chat.Id, $"{n}")));
        var id = "";
        for (var i = 0; i < 26; i++)
        {
            id = (await chat.Bob.Hub.Report(new()
            {
                UserId = chat.Alice.Id,
                Reason = ReportReason.Spam,
                Note = $"Note {i}",
                ConversationId = chat.Id,
                Seqs = [.. Enumerable.Range(1 + (i * 20), 20).Select(seq => (long)seq)],
            })).ReportId;
        }

        var opened = await own.CaseAsync(id);
        Assert.Equal(Enumerable.Range(1, 500).Select(seq => (long?)seq), opened.Evidence.Select(e => e.Seq));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"Note {i}"), opened.Notes.Select(note => note.Text));
    }

    [Fact]
    public async Task Reports_from_both_devices_at_once_make_one_report()
    {
        await using var chat = await server.OpenChatAsync();
        await using var laptop = await chat.Bob.Account.ConnectAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? chat.Bob : laptop).ReportAsync(chat.Alice, note: $"{i}")));
        Assert.Single(ids.Distinct());
        Assert.Equal(16, (await server.CaseAsync(ids[0])).Notes.Count);
    }

    [Fact]
    public async Task Report_notifies_neither_the_reported_user_nor_the_reporters_devices()
    {
        await using var chat = await server.OpenChatAsync();
        var version = await chat.Bob.VersionAsync();
        await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Other, ConversationId = chat.Id });
        await chat.Alice.ReceivedNothingElseAsync();
        Assert.Equal(version, await chat.Bob.VersionAsync());
    }

    [Fact]
    public async Task Evidence_is_only_what_is_between_the_two()
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
    public async Task Arguments_out_of_their_limits_are_refused()
    {
        await using var chat = await server.OpenChatAsync();
        var good = new ReportInput { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id };
        foreach (var bad in (ReportInput[])[
            good with { UserId = null }, good with { Reason = null }, good with { UserId = chat.Bob.Id },
            good with { Note = new('x', 1001) }, good with { Seqs = [] }, good with { Seqs = [0] }, good with { Seqs = [2] },
            good with { ConversationId = null, Seqs = [1] }, good with { Seqs = [.. Enumerable.Repeat(1L, 101)] }])
        {
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.Hub.Report(bad with { Block = true }));
        }

        await Wire.RefusedAsync(ErrorCodes.UserNotFound, chat.Bob.Hub.Report(good with { UserId = "nobody" }));
        Assert.Equal(ConversationState.Open, await chat.Bob.ChatStateAsync(chat.Id));
        Assert.NotEmpty((await chat.Bob.Hub.Report(good with { Note = new('x', 1000), Seqs = [.. Enumerable.Repeat(1L, 100)] })).ReportId);
        using var raw = await RawHub.ConnectAsync(server, chat.Bob.Account.Token);
        var answer = await raw.InvokeAsync("Report", $$"""{"userId":"{{chat.Alice.Id}}","reason":"boredom"}""");
        Assert.Contains("invalid_argument: reason", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
