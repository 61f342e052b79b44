namespace ChatHub.Server.Safety;

/// <summary>How many requests a sender may still send in a rolling 24 hours.</summary>
/// <param name="PerDay">The limit that holds now.</param>
/// <param name="Left">Requests that may be sent now.</param>
/// <param name="RetryAfter">When none is left: until one may be sent again.</param>
public readonly record struct DailyAllowance(int PerDay, int Left, TimeSpan RetryAfter);
