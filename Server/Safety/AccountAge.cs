namespace ChatHub.Server.Safety;

/// <summary>How old an account is, by the instant since which it exists. Pure.</summary>
public static class AccountAge
{
    /// <summary>How long the allowance of new accounts holds.</summary>
    public static readonly TimeSpan FirstDay = TimeSpan.FromHours(24);

    /// <summary>Up to this age a sender's requests are counted apart from the others' that a recipient receives.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Where the host does not say since when it exists, an account is younger than nothing.</summary>
    public static bool IsYounger(long? joinedAt, TimeSpan age, DateTimeOffset now) =>
        joinedAt is { } at && now - at.ToInstant() < age;
}
