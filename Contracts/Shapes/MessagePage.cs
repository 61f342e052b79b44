namespace ChatHub.Contracts;

/// <summary>A part of a conversation, by rising seq.</summary>
public sealed record MessagePage
{
    /// <summary>The items of the page.</summary>
    public required IReadOnlyList<Message> Items { get; init; }

    /// <summary>Whether more lie beyond the page, in the requested direction.</summary>
    public required bool HasMore { get; init; }
}
