namespace ChatHub.Server.Requests;

/// <summary>A request that its recipient deletes along with others.</summary>
public sealed record DeletableRow
{
    public long Key { get; init; }
    public string Id { get; init; } = "";
    public long RecipientKey { get; init; }
    public RequestEntry? Entry { get; init; }
    public long ExpiresAt { get; init; }

    /// <summary>It waits in main or filtered.</summary>
    public bool IsDeletable(long now) => Entry is RequestEntry.Main or RequestEntry.Filtered && ExpiresAt > now;
}
