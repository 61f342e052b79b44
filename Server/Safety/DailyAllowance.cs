namespace ChatHub.Server.Safety;

/// <summary>How many requests a sender may still send in a rolling 24 hours.</summary>
/// <param name="Left">Requests that may be sent now.</param>
/// <param name="RetryAfter">When none is left: until the oldest of the day no longer counts.</param>
public readonly record struct DailyAllowance(int Left, TimeSpan RetryAfter);
