using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Benchmarks.Protocol;

/// <summary>What is measured: the frequent messages of a chat, with ids and texts of the lengths that are usual.</summary>
internal static class ProtocolSamples
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, 123, TimeSpan.Zero);

    // 50 characters each, none that JSON would have to escape.
    private const string English = "Shall we meet at the station at eight on Saturday?";
    private const string Ukrainian = "Зустрінемося на вокзалі о восьмій ранку в суботу? ";

    public static IEnumerable<(string Name, HubMessage Message)> All =>
    [
        ("SendMessage, 50 characters", SendMessage()),
        ("MessageReceived, 50 characters", Received(English)),
        ("MessageReceived, 50 Ukrainian", Received(Ukrainian)),
        ("page of 30 messages", new CompletionMessage(nameof(IChatHub.GetMessages), error: null, Page(30), hasResult: true)),
    ];

    private static InvocationMessage SendMessage() => new("42", nameof(IChatHub.SendMessage),
    [
        new SendMessageInput { ConversationId = Id(1), Text = English, ClientId = Id(9) },
    ]);

    private static InvocationMessage Received(string text) => new(nameof(IChatClient.MessageReceived),
    [
        new MessageReceived
        {
            Version = 1_042,
            Message = Message(217, text),
            UnreadCount = 3,
            Badges = new Badges { PendingRequests = 1, UnreadConversations = 2, UnreadMessages = 5 },
        },
    ]);

    private static MessagePage Page(int count) => new()
    {
        Items = [.. Enumerable.Range(1, count).Select(seq => Message(seq, English))],
        HasMore = true,
    };

    private static Message Message(long seq, string text) => new()
    {
        ConversationId = Id(1),
        Seq = seq,
        SenderId = Id(2),
        ClientId = Id(100 + (int)seq),
        Text = text,
        SentAt = Start.AddSeconds(seq),
        Status = MessageStatus.Sent,
    };

    private static string Id(int number) => new Guid(number, 0x1234, 0x7abc, 1, 2, 3, 4, 5, 6, 7, 8).ToString();
}
