using ChatHub.Server.Sync;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Where a page of catching up ends.</summary>
public sealed class SyncRulesTests
{
    // Versions with one to three items each, as changes stamp them.
    private static readonly Gen<(List<long> Versions, int Limit)> Cases =
        from sizes in Gen.Choose(1, 3).ListOf()
        from limit in Gen.Choose(1, 10)
        select (sizes.SelectMany((size, i) => Enumerable.Repeat(i + 1L, size)).ToList(), limit);

    [Fact]
    public void Page_never_splits_a_version_and_always_advances() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var length = SyncRules.PageLength(c.Versions, c.Limit);

        if (c.Versions.Count <= c.Limit)
        {
            Assert.Equal(c.Versions.Count, length);
            return;
        }

        Assert.True(length > 0);
        Assert.True(length == c.Versions.Count || c.Versions[length - 1] != c.Versions[length]);
        Assert.True(length <= c.Limit || c.Versions.Take(length).Distinct().Count() == 1);
    }).Holds();

    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, 2, 2)]
    [InlineData(new long[] { 1, 2, 2 }, 2, 1)]
    [InlineData(new long[] { 2, 2, 2, 3 }, 1, 3)]
    [InlineData(new long[] { 2, 2, 2 }, 2, 3)]
    public void Examples(long[] versions, int limit, int length) => Assert.Equal(length, SyncRules.PageLength(versions, limit));

    [Theory]
    [InlineData("e", 5, false)]
    [InlineData("e", 6, true)]
    [InlineData("other", 5, true)]
    [InlineData(null, 5, false)]
    [InlineData(null, 6, true)]
    public void Another_epoch_or_a_later_version_resets(string? epoch, long after, bool reset) =>
        Assert.Equal(reset, SyncRules.MustReset(epoch, after, "e", version: 5, removedUpTo: 0));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_state_that_may_hold_what_retention_removed_resets(long after, bool reset) =>
        Assert.Equal(reset, SyncRules.MustReset("e", after, "e", version: 5, removedUpTo: 3));
}
