using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Conversations;

/// <summary>What the other side's privacy makes of somebody new.</summary>
public enum Opening
{
    /// <summary>The chat opens without asking.</summary>
    Direct,
    /// <summary>A request has to be accepted first.</summary>
    Ask,
    /// <summary>They take messages only from people they follow, and say so.</summary>
    NotFollowed,
    /// <summary>Refused, and why is not told.</summary>
    Unavailable,
}

/// <summary>The last part of the check order, from "under 16" on. Message 1 of an empty chat passes it again. Pure.</summary>
public static class OpeningRules
{
    /// <param name="underAge">The other side is younger than the minimum age.</param>
    /// <param name="followsCaller">The other side follows the caller (or opened an empty chat with them, which counts the same).</param>
    /// <param name="isVerified">The other side is a verified account.</param>
    /// <param name="policy">The other side's policy; <see cref="MessagingPolicy.Nobody"/> is refused long before.</param>
    public static Opening Decide(bool underAge, bool followsCaller, bool isVerified, MessagingPolicy policy) =>
        underAge ? Opening.Unavailable
        : followsCaller ? Opening.Direct
        : isVerified ? Opening.Unavailable
        : policy == MessagingPolicy.Following ? Opening.NotFollowed
        : Opening.Ask;

    /// <summary>What a call is told that needs a chat to open at once; null where it does.</summary>
    public static ChatHubException? Refusal(Opening opening) => opening switch
    {
        Opening.Direct => null,
        Opening.Unavailable => Refusals.Unavailable(),
        Opening.NotFollowed => Refusals.NotFollowed(),
        _ => Refusals.RequestRequired(),
    };

    /// <param name="birthDate">YYYY-MM-DD; null where the host application does not tell.</param>
    /// <param name="minimumAge">In years.</param>
    /// <param name="now">The instant of the call.</param>
    public static bool IsUnderAge(string? birthDate, int minimumAge, DateTimeOffset now) =>
        birthDate is not null
        && DateOnly.ParseExact(birthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddYears(minimumAge)
            > DateOnly.FromDateTime(now.UtcDateTime);
}
