namespace ChatHub.Client.Updates;

/// <summary>What merging asks for, in order: to tell the application something, or to read messages that it has missed.</summary>
internal abstract record Step
{
    internal sealed record Tell(Update Update) : Step;

    /// <summary>Read and tell the messages after a seq, up to and including another.</summary>
    internal sealed record Read(string ConversationId, long After, long UpTo) : Step;
}
