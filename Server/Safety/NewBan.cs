namespace ChatHub.Server.Safety;

/// <summary>A ban as a moderator orders it.</summary>
/// <param name="ModeratorId">Who bans.</param>
/// <param name="Hours">How long; null: until it is lifted.</param>
/// <param name="Reason">What the banned user reads.</param>
/// <param name="ReportId">The report that led to it.</param>
public sealed record NewBan(string ModeratorId, int? Hours, string? Reason, string? ReportId = null);
