using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>A ban from messaging; without an end it holds until it is lifted.</summary>
public sealed record BanRow
{
    public long BannedAt { get; init; }
    public long? Until { get; init; }
    public string? Reason { get; init; }

    public DateTimeOffset? UntilInstant => Until is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}

/// <summary>Read in each transaction and never from a token, so that a ban holds on the very next call.</summary>
public sealed class BanStore
{
    /// <summary>The ban that holds now, or null.</summary>
    public Task<BanRow?> CurrentAsync(DbSession session, long user, long now) =>
        session.FirstAsync<BanRow>(
            "SELECT banned_at, until, reason FROM bans WHERE user_key = @user AND (until IS NULL OR until > @now)", new { user, now });
}
