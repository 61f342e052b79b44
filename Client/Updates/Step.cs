namespace ChatHub.Client.Updates;

/// <summary>A result of the <see cref="UpdateSequencer"/>, to be carried out in order.</summary>
internal abstract record Step
{
    /// <summary>Deliver an update to the application.</summary>
    internal sealed record Publish(Update Update) : Step;

    /// <summary>Fetch and deliver the missed messages after a seq, up to and including another.</summary>
    internal sealed record Fetch(string ConversationId, long After, long UpTo) : Step;

    /// <summary>Fetch and deliver the messages that changed after a change.</summary>
    internal sealed record FetchChanges(string ConversationId, long After) : Step;
}
