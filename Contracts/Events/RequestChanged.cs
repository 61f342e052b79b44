namespace ChatHub.Contracts;

/// <summary>The sender's view of their request: sent, withdrawn, expired, or opened at once (then with the conversation).</summary>
public sealed record RequestChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request in its present state.</summary>
    public required Request Request { get; init; }

    /// <summary>The conversation, if one was opened at once.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>On crossing: the other side's request, now accepted.</summary>
    public Request? AcceptedRequest { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
