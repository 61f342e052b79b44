using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Benchmarks.Control;

/// <summary>
/// The least a stock hub can do for a direct message: answer the sender and push to the peer, in the shapes of the
/// contract. The peer's user id stands for the conversation's, so that nothing has to be looked up.
/// </summary>
public sealed class ControlHub : Hub
{
    private static long _lastSeq;

    public async Task<MessageReceived> SendMessage(SendMessageInput input)
    {
        var received = Receive(input, Context.UserIdentifier!);
        await Clients.User(input.ConversationId!).SendAsync(nameof(IChatClient.MessageReceived), received);
        return received;
    }

    private static MessageReceived Receive(SendMessageInput input, string senderId)
    {
        var seq = Interlocked.Increment(ref _lastSeq);
        return new()
        {
            Version = seq,
            Message = new()
            {
                ConversationId = input.ConversationId!,
                Seq = seq,
                SenderId = senderId,
                ClientId = input.ClientId!,
                Text = input.Text!,
                SentAt = DateTimeOffset.UtcNow,
                Status = MessageStatus.Sent,
            },
            UnreadCount = seq,
            Badges = new() { UnreadConversations = 1, UnreadMessages = seq },
        };
    }
}
