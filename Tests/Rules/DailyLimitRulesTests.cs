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

    private static readonly Gen<(List<DateTimeOffset> Sent, int PerDay, NewAccountLimit Account)> NewAccounts =
        from c in Cases
        from minutes in Gen.Choose(-60, 24 * 60)
        from perDay in Gen.Choose(0, 8)
        select (c.Sent, c.PerDay, new NewAccountLimit(Now.AddMinutes(minutes), perDay));

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

    [Fact]
    public void New_account_has_the_smaller_limit_until_its_first_day_is_over() => Prop.ForAll(NewAccounts.ToArbitrary(), c =>
    {
        var limit = c.Account.Ends > Now ? Math.Min(c.PerDay, c.Account.PerDay) : c.PerDay;
        var inDay = c.Sent.Count(at => Now - at < TimeSpan.FromHours(24));

        var allowance = Allowance(c.Sent, c.PerDay, Now, c.Account);

        Assert.Equal((limit, Math.Max(0, limit - inDay)), (allowance.PerDay, allowance.Left));
    }).Holds();

    [Fact]
    public void Retry_after_of_a_new_account_is_exact() => Prop.ForAll(NewAccounts.ToArbitrary(), c =>
    {
        var allowance = Allowance(c.Sent, c.PerDay, Now, c.Account);
        var then = Now + allowance.RetryAfter;

        Assert.True(Allowance(c.Sent, c.PerDay, then, c.Account).Left > 0);
        Assert.Equal(allowance.Left > 0, then == Now);
        if (then > Now)
            Assert.Equal(0, Allowance(c.Sent, c.PerDay, then.AddMilliseconds(-1), c.Account).Left);
    }).Holds();

    [Fact]
    public void New_account_that_may_send_none_waits_for_the_end_of_its_first_day() =>
        Assert.Equal(new(0, 0, TimeSpan.FromHours(3)), Allowance([], 20, Now, new(Now.AddHours(3), 0)));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Account_is_younger_than_an_age_until_the_instant_it_reaches_it(int milliseconds, bool isYounger)
    {
        var joined = (Now - AccountAge.FirstDay).ToUnixTimeMilliseconds() + 1 - milliseconds;
        Assert.Equal(isYounger, AccountAge.IsYounger(joined, AccountAge.FirstDay, Now));
        Assert.False(AccountAge.IsYounger(null, AccountAge.FirstDay, Now));
    }

    // What the store gives: the newest, at most so many.
    private static DailyAllowance Allowance(List<DateTimeOffset> sent, int perDay, DateTimeOffset now, NewAccountLimit? newAccount = null) =>
        DailyLimitRules.Allowance([.. sent.Take(perDay)], perDay, now, newAccount);
}
