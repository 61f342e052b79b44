using ChatHub.Contracts;
using ChatHub.Server.Safety.Reports;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>How a report grows.</summary>
public sealed class ReportRulesTests
{
    private static readonly EvidenceRow Request = new() { RequestId = "r" };

    [Fact]
    public void First_call_adds_all_of_it()
    {
        var addition = ReportRules.Addition(null, ReportReason.Hate, "Look", [Request, Message(1)]);
        Assert.Equal(("Look", 2, false), (addition.Note, addition.Evidence.Count, addition.IsEmpty));
        Assert.Equal([ReportReason.Hate], ReportRules.Reasons(addition.Reasons));
    }

    [Fact]
    public void First_call_with_no_evidence_still_adds() => Assert.False(ReportRules.Addition(null, ReportReason.Other, null, []).IsEmpty);

    [Fact]
    public void Call_that_repeats_everything_adds_nothing()
    {
        var open = Open(ReportReason.Hate, ["Look"], [Request, Message(1)]);
        Assert.True(ReportRules.Addition(open, ReportReason.Hate, "Look", [Message(1), Request]).IsEmpty);
        Assert.True(ReportRules.Addition(open, ReportReason.Hate, null, []).IsEmpty);
    }

    [Fact]
    public void Each_new_part_alone_is_an_addition()
    {
        var open = Open(ReportReason.Hate, ["Look"], [Message(1)]);
        var reason = ReportRules.Addition(open, ReportReason.Spam, "Look", [Message(1)]);
        Assert.Equal([ReportReason.Spam, ReportReason.Hate], ReportRules.Reasons(reason.Reasons));
        Assert.False(reason.IsEmpty);
        var note = ReportRules.Addition(open, ReportReason.Hate, "More", [Message(1)]);
        Assert.Equal(("More", 0, false), (note.Note, note.Evidence.Count, note.IsEmpty));
        var evidence = ReportRules.Addition(open, ReportReason.Hate, "Look", [Message(1), Message(2)]);
        Assert.Equal((null, false), (evidence.Note, evidence.IsEmpty));
        Assert.Equal([2L], evidence.Evidence.Select(row => row.Seq!.Value));
    }

    [Theory]
    [InlineData(499, 1)]
    [InlineData(500, 0)]
    public void Full_report_takes_no_more_evidence(int before, int added)
    {
        var open = Open(ReportReason.Hate, [], [.. Enumerable.Range(1, before).Select(seq => Message(seq))]);
        Assert.Equal(added, ReportRules.Addition(open, ReportReason.Hate, null, [Message(1_000), Message(1_001)]).Evidence.Count);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public void Full_report_takes_no_more_notes(int before, bool isAdded)
    {
        var open = Open(ReportReason.Hate, [.. Enumerable.Range(0, before).Select(i => $"{i}")], []);
        Assert.Equal(isAdded, !ReportRules.Addition(open, ReportReason.Hate, "New", []).IsEmpty);
    }

    private static OpenReport Open(ReportReason reason, string[] notes, EvidenceRow[] evidence) =>
        new(1, "id", 1 << (int)reason, notes, evidence.Select(row => row.Source).ToHashSet());

    private static EvidenceRow Message(long seq) => new() { ConversationId = "c", Seq = seq };
}
