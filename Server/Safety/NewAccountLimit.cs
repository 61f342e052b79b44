namespace ChatHub.Server.Safety;

/// <summary>The limit of an account in its first day.</summary>
/// <param name="Ends">When the first day is over.</param>
/// <param name="PerDay">The limit until then.</param>
public readonly record struct NewAccountLimit(DateTimeOffset Ends, int PerDay);
