namespace ChatHub.Contracts;

/// <summary>What OpenConversation would return, as a button.</summary>
public sealed record MessageButton
{
    /// <summary>What the button does.</summary>
    public required ButtonState State { get; init; }

    /// <summary>The sentence of a greyed-out button; with <see cref="ButtonState.Notice"/> only.</summary>
    public string? Notice { get; init; }

    /// <summary>The open conversation; with <see cref="ButtonState.Message"/>, where there is one.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The waiting request; with <see cref="ButtonState.Respond"/> (theirs) and <see cref="ButtonState.Pending"/> (the caller's own).</summary>
    public string? RequestId { get; init; }
}
