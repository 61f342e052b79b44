using ChatHub.Client.Updates;
using ChatHub.Tests.Infrastructure;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

/// <summary>What a client does with a change, by the last one that it has.</summary>
public sealed class LastChangeRuleTests
{
    [Fact]
    public void Change_is_known_the_next_or_beyond_a_gap_and_never_two_of_them() =>
        Prop.ForAll(Gen.Choose(0, 20).Two().ToArbitrary(), pair =>
        {
            var (mine, change) = (pair.Item1, pair.Item2);
            Assert.Equal(change <= mine, LastChangeRule.IsKnown(mine, change));
            Assert.Equal(change - mine >= 2, LastChangeRule.IsGap(mine, change));
            Assert.Equal(change == mine + 1, !LastChangeRule.IsKnown(mine, change) && !LastChangeRule.IsGap(mine, change));
        }).Holds();

    [Fact]
    public void Newer_version_is_that_of_the_higher_change_in_whatever_order_they_come() =>
        Prop.ForAll(Gen.Choose(0, 9).ListOf().ToArbitrary(), changes =>
        {
            var versions = changes.Prepend(0).Select(change => Sample.Message(1, $"text {change}") with { Change = change }).ToList();
            Assert.Equal(versions.Max(version => version.Change), versions.Aggregate(LastChangeRule.Newer).Change);
            Assert.Equal(versions.Max(version => version.Change), Enumerable.Reverse(versions).Aggregate(LastChangeRule.Newer).Change);
        }).Holds();
}
