using ChatHub.Server.Safety;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>So many requests in any 24 hours.</summary>
public sealed class DailyLimitRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(List<DateTimeOffset> Sent, int PerDay)> Cases =
        from minutes in Gen.Choose(0, 3 * 24 * 60).ListOf()
        from perDay in Gen.Choose(1, 8)
        select (minutes.Order().Select(m => Now.AddMinutes(-m)).ToList(), perDay);

    [Fact]
    public void Allowance_is_the_limit_less_the_last_24_hours() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var inDay = c.Sent.Count(at => Now - at < TimeSpan.FromHours(24));

        Assert.Equal(Math.Max(0, c.PerDay - inDay), Allowance(c.Sent, c.PerDay, Now).Left);
    }).Holds();

    [Fact]
    public void Retry_after_is_exact_to_the_second() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var allowance = Allowance(c.Sent, c.PerDay, Now);
        if (allowance.Left > 0)
        {
            Assert.Equal(TimeSpan.Zero, allowance.RetryAfter);
            return;
        }

        var then = Now + allowance.RetryAfter;
        Assert.True(Allowance(c.Sent, c.PerDay, then).Left > 0);
        Assert.Equal(0, Allowance(c.Sent, c.PerDay, then.AddMilliseconds(-1)).Left);
    }).Holds();

    // What the store gives: the newest, at most so many.
    private static DailyAllowance Allowance(List<DateTimeOffset> sent, int perDay, DateTimeOffset now) =>
        DailyLimitRules.Allowance([.. sent.Take(perDay)], perDay, now);
}
