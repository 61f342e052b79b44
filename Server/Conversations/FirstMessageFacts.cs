using ChatHub.Contracts;

namespace ChatHub.Server.Conversations;

/// <summary>What message 1 of an empty chat depends on beside <see cref="ChatFacts"/>.</summary>
public sealed record FirstMessageFacts
{
    /// <summary>A request of the peer to the sender stands: its acceptance fills the chat.</summary>
    public bool PeerRequestStands { get; init; }

    /// <summary>The peer has opened the chat too.</summary>
    public bool PeerOpened { get; init; }
    public bool PeerFollows { get; init; }
    public string? BirthDate { get; init; }
    public bool IsVerified { get; init; }
    public MessagingPolicy Policy { get; init; }
}
