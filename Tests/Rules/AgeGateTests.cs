using System.Text;
using ChatHub.Server.Conversations;
using ChatHub.Server.Safety;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>When an account comes of age: some days after its birthday, as many for the same account on every instance.</summary>
public sealed class AgeGateTests
{
    private static readonly AgeGate Gate = Make("a-signing-key-that-only-tests-ever-use");

    [Fact]
    public void Delay_is_0_to_27_days_and_fixed_for_an_account_by_the_signing_key()
    {
        var ids = Enumerable.Range(0, 1_000).Select(i => $"user {i}").ToList();
        var delays = ids.ConvertAll(Gate.DelayDays);

        Assert.Equal(Enumerable.Range(0, 28), delays.Distinct().Order());
        Assert.Equal(delays, ids.ConvertAll(Make("a-signing-key-that-only-tests-ever-use").DelayDays));
        Assert.NotEqual(delays, ids.ConvertAll(Make("another-signing-key-of-the-same-length").DelayDays));
    }

    [Fact]
    public void Account_is_under_age_until_its_delay_after_the_birthday_is_over()
    {
        var birthday = new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero);
        var ofAge = birthday.AddDays(Gate.DelayDays("alice"));

        Assert.True(Gate.IsUnderAge("2010-06-15", "alice", ofAge.AddSeconds(-1)));
        Assert.False(Gate.IsUnderAge("2010-06-15", "alice", ofAge));
        Assert.False(Gate.IsUnderAge(null, "alice", ofAge.AddYears(-9)));
    }

    private static AgeGate Make(string key) => new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), Options.Create(new MessagingOptions()));
}
