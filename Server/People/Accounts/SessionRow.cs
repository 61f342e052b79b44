using ChatHub.Contracts;

namespace ChatHub.Server.People.Accounts;

/// <summary>A row of sessions.</summary>
public sealed record SessionRow
{
    public long SessionKey { get; init; }
    public string SessionId { get; init; } = "";
    public long UserKey { get; init; }
    public string FamilyHash { get; init; } = "";
    public string TokenHash { get; init; } = "";
    public string? Device { get; init; }
    public string? Address { get; init; }
    public long BegunAt { get; init; }
    public long UsedAt { get; init; }
    public long ExpiresAt { get; init; }
    public long EndsAt { get; init; }

    public SessionInfo ToContract(string? current) => new()
    {
        SessionId = SessionId,
        Device = Device,
        Address = Address,
        BegunAt = BegunAt.ToInstant(),
        LastUsedAt = UsedAt.ToInstant(),
        IsCurrent = SessionId == current,
    };
}
