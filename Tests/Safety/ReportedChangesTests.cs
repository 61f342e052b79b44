using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>What was said can be reported for 30 days after it was edited, removed or cleared.</summary>
public sealed class ReportedChangesTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Report_copies_the_texts_that_edits_and_a_removal_replaced()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.EditAsync(chat.Id, 2, "Worse");
        await chat.Alice.RemoveAsync(chat.Id, 2);
        await chat.Alice.SayAsync(chat.Id, "Mild");
        await chat.Alice.EditAsync(chat.Id, 3, "Milder");

        var evidence = await EvidenceAsync(chat, 2, 3);

        Assert.Equal([(2L, "Hello", true), (2L, "Worse", true), (3L, "Mild", true), (3L, "Milder", false)], evidence.Select(e => (e.Seq!.Value, e.Text, e.ReplacedAt is not null)));
        Assert.All(evidence, e => Assert.Equal(chat.Alice.Id, e.SenderId));
    }

    [Theory]
    [InlineData(-1, "Hello")]
    [InlineData(0, "")]
    public async Task Replaced_texts_are_copied_for_30_days_and_not_longer(int milliseconds, string copied)
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.RemoveAsync(chat.Id, 2);
        server.Time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal([copied], (await EvidenceAsync(chat, 2)).Select(e => e.Text));
    }

    [Fact]
    public async Task Each_text_is_copied_once_however_often_it_is_reported()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await EvidenceAsync(chat, 2);
        await chat.Alice.EditAsync(chat.Id, 2, "Edited");

        Assert.Equal(["Hello", "Edited"], (await EvidenceAsync(chat, 2)).Select(e => e.Text));
        Assert.Equal(["Hello", "Edited"], (await EvidenceAsync(chat, 2)).Select(e => e.Text));
    }

    [Fact]
    public async Task A_named_request_is_copied_with_what_its_message_said()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.EditAsync(chat.Id, 1, "Not what I wrote");

        var id = (await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Harassment, RequestId = chat.RequestId })).ReportId;

        Assert.Equal(["Hello?", "Not what I wrote"], (await server.CaseAsync(id)).Evidence.Where(e => e.RequestId == chat.RequestId).Select(e => e.Text));
    }

    [Fact]
    public async Task Cleared_messages_can_be_reported_for_30_days()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.SayAsync(chat.Id, "Three");
        await chat.Alice.SayAsync(chat.Id, "Four");
        await chat.Bob.ClearAsync(chat.Id, 2);
        server.Time.Advance(TimeSpan.FromDays(10));
        await chat.Bob.ClearAsync(chat.Id, 3);
        server.Time.Advance(TimeSpan.FromDays(20) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(["Hello", "Three"], (await EvidenceAsync(chat, 2, 3)).Select(e => e.Text));
        server.Time.Advance(TimeSpan.FromMilliseconds(1));

        // The first clearing is too old now, the second is not.
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, EvidenceAsync(chat, 2));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, EvidenceAsync(chat, 1, 3));
        await EvidenceAsync(chat, 3, 4);
        await using var unnamed = await server.OpenChatWithMessageAsync();
        await unnamed.Bob.ClearAsync(unnamed.Id, 1);
        server.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(["Hello"], (await server.CaseAsync(await unnamed.Bob.ReportAsync(unnamed.Alice))).Evidence.Select(e => e.Text));
    }

    private async Task<IReadOnlyList<ReportEvidence>> EvidenceAsync(Chat chat, params long[] seqs)
    {
        var receipt = await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Harassment, ConversationId = chat.Id, Seqs = seqs });
        return (await server.CaseAsync(receipt.ReportId)).Evidence;
    }
}
