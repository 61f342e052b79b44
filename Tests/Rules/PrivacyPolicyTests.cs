using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>The privacy decision for a new contact.</summary>
public sealed class PrivacyPolicyTests
{
    [Theory]
    [InlineData(false, false, false, MessagingPolicy.Everyone, PrivacyDecision.Ask)]
    [InlineData(false, false, false, MessagingPolicy.Following, PrivacyDecision.NotFollowed)]
    [InlineData(false, false, true, MessagingPolicy.Everyone, PrivacyDecision.Unavailable)]
    [InlineData(false, false, true, MessagingPolicy.Following, PrivacyDecision.Unavailable)]
    [InlineData(false, true, false, MessagingPolicy.Everyone, PrivacyDecision.Direct)]
    [InlineData(false, true, false, MessagingPolicy.Following, PrivacyDecision.Direct)]
    [InlineData(false, true, true, MessagingPolicy.Everyone, PrivacyDecision.Direct)]
    [InlineData(false, true, true, MessagingPolicy.Following, PrivacyDecision.Direct)]
    [InlineData(true, false, false, MessagingPolicy.Everyone, PrivacyDecision.Unavailable)]
    [InlineData(true, true, true, MessagingPolicy.Following, PrivacyDecision.Unavailable)]
    public void Age_then_following_then_verified_then_policy(
        bool underAge, bool follows, bool verified, MessagingPolicy policy, PrivacyDecision expected) =>
        Assert.Equal(expected, PrivacyPolicy.Decide(underAge, follows, verified, policy));

    [Theory]
    [InlineData(PrivacyDecision.Direct, null)]
    [InlineData(PrivacyDecision.Ask, ErrorCodes.RequestRequired)]
    [InlineData(PrivacyDecision.NotFollowed, ErrorCodes.NotFollowed)]
    [InlineData(PrivacyDecision.Unavailable, ErrorCodes.MessagingUnavailable)]
    public void Decision_other_than_direct_is_refused(PrivacyDecision opening, string? code) =>
        Assert.Equal(code, PrivacyPolicy.Refusal(opening)?.Code);

    [Theory]
    [InlineData("2010-06-15", 16, 0, "2026-06-14T23:59:59Z", true)]
    [InlineData("2010-06-15", 16, 0, "2026-06-15T00:00:00Z", false)]
    [InlineData("2010-06-15", 16, 27, "2026-07-11T23:59:59Z", true)]
    [InlineData("2010-06-15", 16, 27, "2026-07-12T00:00:00Z", false)]
    [InlineData("2008-02-29", 16, 0, "2024-02-28T23:59:59Z", true)]
    [InlineData("2008-02-29", 16, 0, "2024-02-29T00:00:00Z", false)]
    [InlineData("2008-02-29", 17, 0, "2025-02-28T23:59:59Z", true)]
    [InlineData("2008-02-29", 17, 0, "2025-03-01T00:00:00Z", false)]
    public void The_minimum_age_is_reached_so_many_days_after_the_birthday_in_utc(
        string birthDate, int minimumAge, int delayDays, string now, bool underAge) =>
        Assert.Equal(underAge, PrivacyPolicy.IsUnderAge(birthDate, minimumAge, delayDays, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
}
