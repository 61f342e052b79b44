using ChatHub.Contracts;

namespace ChatHub.Tests.Client;

/// <summary>Sample objects of the contract.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static UserCard Card(string username) => new()
    {
        UserId = $"id-{username}",
        Username = username,
        DisplayName = char.ToUpperInvariant(username[0]) + username[1..],
    };

    public static Me Me(string username) => new() { User = Card(username), Settings = new(), Badges = new(), Epoch = "e", RequestsLeftToday = 20 };

    public static Message Message(long seq, string text, string sender = "alice", MessageStatus status = MessageStatus.Sent) => new()
    {
        ConversationId = "c",
        Seq = seq,
        SenderId = $"id-{sender}",
        ClientId = $"client-{seq}",
        Text = text,
        SentAt = Noon,
        Status = status,
    };

    public static Request Request(string text, RequestState state = RequestState.Pending, RequestDirection direction = RequestDirection.Incoming) => new()
    {
        RequestId = "r",
        Direction = direction,
        Sender = Card("alice"),
        Recipient = Card("bob"),
        Text = text,
        SentAt = Noon,
        State = state,
    };

    /// <summary>The conversation of <see cref="Message"/>, with alice as the peer.</summary>
    public static Conversation Conversation() => new()
    {
        ConversationId = "c",
        Peer = Card("alice"),
        State = ConversationState.Open,
        OpenedAt = Noon,
        UpdatedAt = Noon,
    };
}
