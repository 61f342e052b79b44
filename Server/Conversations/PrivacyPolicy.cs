using System.Globalization;
using ChatHub.Contracts;

namespace ChatHub.Server.Conversations;

/// <summary>The last part of the check order, from "under 16" on. Message 1 of an empty chat passes it again. Pure.</summary>
public static class PrivacyPolicy
{
    /// <param name="underAge">The other side is younger than the minimum age.</param>
    /// <param name="followsCaller">The other side follows the caller (or opened an empty chat with them, which counts the same).</param>
    /// <param name="isVerified">The other side is a verified account.</param>
    /// <param name="policy">The other side's policy; <see cref="MessagingPolicy.Nobody"/> is refused long before.</param>
    public static PrivacyDecision Decide(bool underAge, bool followsCaller, bool isVerified, MessagingPolicy policy) =>
        underAge ? PrivacyDecision.Unavailable
        : followsCaller ? PrivacyDecision.Direct
        : isVerified ? PrivacyDecision.Unavailable
        : policy == MessagingPolicy.Following ? PrivacyDecision.NotFollowed
        : PrivacyDecision.Ask;

    /// <summary>What a call is told that needs a chat to open at once; null where it does.</summary>
    public static ChatHubException? Refusal(PrivacyDecision opening) => opening switch
    {
        PrivacyDecision.Direct => null,
        PrivacyDecision.Unavailable => Errors.Unavailable(),
        PrivacyDecision.NotFollowed => Errors.NotFollowed(),
        _ => Errors.RequestRequired(),
    };

    /// <param name="birthDate">YYYY-MM-DD; null where the host application does not tell.</param>
    /// <param name="minimumAge">In years.</param>
    /// <param name="now">The instant of the call.</param>
    public static bool IsUnderAge(string? birthDate, int minimumAge, DateTimeOffset now) =>
        birthDate is not null
        && DateOnly.ParseExact(birthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddYears(minimumAge)
            > DateOnly.FromDateTime(now.UtcDateTime);
}
