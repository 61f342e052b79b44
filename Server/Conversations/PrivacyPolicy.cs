using System.Globalization;
using ChatHub.Contracts;

namespace ChatHub.Server.Conversations;

/// <summary>The last part of the check order, from "under 16" on. Message 1 of an empty chat passes it again. Pure.</summary>
public static class PrivacyPolicy
{
    /// <param name="underAge">The other side is younger than the minimum age.</param>
    /// <param name="followsCaller">The other side follows the caller.</param>
    /// <param name="isVerified">The other side is a verified account.</param>
    /// <param name="policy">The other side's policy; <see cref="MessagingPolicy.Nobody"/> is refused long before.</param>
    public static PrivacyDecision Decide(bool underAge, bool followsCaller, bool isVerified, MessagingPolicy policy) =>
        underAge ? PrivacyDecision.Unavailable
        : followsCaller ? PrivacyDecision.Direct
        : isVerified ? PrivacyDecision.Unavailable
        : policy == MessagingPolicy.Following ? PrivacyDecision.NotFollowed
        : PrivacyDecision.Ask;

    /// <summary>The refusal of a call that needs a chat to open at once; null where it does.</summary>
    public static ChatHubException? Refusal(PrivacyDecision opening) => opening switch
    {
        PrivacyDecision.Direct => null,
        PrivacyDecision.Unavailable => Errors.Unavailable(),
        PrivacyDecision.NotFollowed => Errors.NotFollowed(),
        _ => Errors.RequestRequired(),
    };

    /// <param name="birthDate">YYYY-MM-DD.</param>
    /// <param name="minimumAge">In years.</param>
    /// <param name="delayDays">How many days after the birthday it is reached.</param>
    /// <param name="now">The instant of the call.</param>
    public static bool IsUnderAge(string birthDate, int minimumAge, int delayDays, DateTimeOffset now)
    {
        var born = DateOnly.ParseExact(birthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Birthday(born, minimumAge).AddDays(delayDays) > DateOnly.FromDateTime(now.UtcDateTime);
    }

    /// <summary>In a year without it, 29 February's is 1 March.</summary>
    private static DateOnly Birthday(DateOnly born, int years)
    {
        var day = born.AddYears(years);
        return day.Day == born.Day ? day : day.AddDays(1);
    }
}
