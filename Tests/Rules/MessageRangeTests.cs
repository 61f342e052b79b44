using ChatHub.Server.Conversations;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Pages of messages are arithmetic: they agree with taking from the whole list.</summary>
public sealed class MessageRangeTests
{
    private static readonly Gen<(long LastSeq, long ClearedSeq, int Limit, long Seq)> Cases =
        from lastSeq in Gen.Choose(0, 40)
        from clearedSeq in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(0, lastSeq)))
        from limit in Gen.Choose(1, 100)
        from seq in Gen.Frequency((9, Gen.Choose(0, 45).Select(n => (long)n)), (1, Gen.Constant(long.MaxValue)))
        select ((long)lastSeq, (long)clearedSeq, limit, seq);

    [Fact]
    public void After_takes_the_next_ones() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var expected = All(c.LastSeq).Where(seq => seq > c.ClearedSeq && seq > c.Seq).Take(c.Limit).ToList();
        var range = MessageRange.After(c.Seq, c.ClearedSeq, c.LastSeq, c.Limit);

        Assert.Equal(expected, Seqs(range));
        Assert.Equal(All(c.LastSeq).Count(seq => seq > c.ClearedSeq && seq > c.Seq) > expected.Count, range.HasMore);
    }).Holds();

    [Fact]
    public void Before_takes_the_ones_that_lead_up_to_it() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var before = Math.Max(1, c.Seq);
        var expected = All(c.LastSeq).Where(seq => seq > c.ClearedSeq && seq < before).TakeLast(c.Limit).ToList();
        var range = MessageRange.Before(before, c.ClearedSeq, c.LastSeq, c.Limit);

        Assert.Equal(expected, Seqs(range));
        Assert.Equal(All(c.LastSeq).Count(seq => seq > c.ClearedSeq && seq < before) > expected.Count, range.HasMore);
    }).Holds();

    [Fact]
    public void Without_a_position_it_is_the_latest_page()
    {
        Assert.Equal(new MessageRange(11, 40, true), MessageRange.Before(null, 0, 40, 30));
        Assert.Equal(new MessageRange(1, 30, false), MessageRange.Before(null, 0, 30, 30));
        Assert.Empty(Seqs(MessageRange.Before(null, 0, 0, 30)));
    }

    private static IEnumerable<long> All(long lastSeq) => Enumerable.Range(1, (int)lastSeq).Select(n => (long)n);

    private static IEnumerable<long> Seqs(MessageRange range)
    {
        for (var seq = range.From; seq <= range.To; seq++)
            yield return seq;
    }
}
