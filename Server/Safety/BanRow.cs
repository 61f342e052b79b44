using ChatHub.Contracts;

namespace ChatHub.Server.Safety;

/// <summary>A ban from messaging; without an end it holds until it is lifted.</summary>
public sealed record BanRow
{
    public long BannedAt { get; init; }
    public long? Until { get; init; }
    public string? Reason { get; init; }

    public DateTimeOffset? UntilInstant => Until.ToInstant();

    public Ban ToContract(string userId) => new()
    {
        UserId = userId,
        BannedAt = BannedAt.ToInstant(),
        Until = UntilInstant,
        Reason = Reason,
    };
}
