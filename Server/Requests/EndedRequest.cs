namespace ChatHub.Server.Requests;

/// <summary>A request that retention removes, with its stamps in both views.</summary>
public sealed record EndedRequest
{
    public long RequestKey { get; init; }
    public long SenderKey { get; init; }
    public long RecipientKey { get; init; }
    public long SenderVersion { get; init; }
    public long RecipientVersion { get; init; }
}
