namespace ChatHub.Contracts;

/// <summary>POST /api/directory/invites.</summary>
public sealed record InvitesInput
{
    /// <summary>How many codes, 1..100.</summary>
    public int? Count { get; init; }

    /// <summary>How long they are valid.</summary>
    public int? ExpiresInHours { get; init; }
}
