using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>The open chat as lines, the oldest first; what is still on its way stands last.</summary>
internal static class ChatLines
{
    public static IEnumerable<Line> Of(Board board, IReadOnlyList<OutboxItem> pending, DateTimeOffset now)
    {
        var chat = board.Chat!;
        yield return Title(chat, board.IsOnline(chat.Peer.UserId));
        if (chat.HasEarlier)
            yield return new(new Span("earlier messages: page up", Tone.Muted));
        foreach (var message in chat.Messages)
            yield return Message(chat, message, now);

        var known = chat.Messages.Select(message => message.ClientId).ToHashSet();
        foreach (var item in pending.Where(item => item.ConversationId == chat.Id && !known.Contains(item.ClientId)))
            yield return new(new Span($"you: {item.Text} ", Tone.Muted), new Span("… waiting", Tone.Muted));
    }

    private static Line Title(ChatView chat, bool isOnline)
    {
        var line = chat.State switch
        {
            ConversationState.YouBlocked => "you blocked them",
            ConversationState.Unavailable => "they cannot be messaged",
            _ => isOnline ? "online" : "",
        };
        return new(new Span($"chat with {PeopleText.Name(chat.Peer)}"), new Span(line.Length > 0 ? $" · {line}" : "", isOnline ? Tone.Green : Tone.Muted));
    }

    private static Line Message(ChatView chat, Message message, DateTimeOffset now)
    {
        var time = new Span($"{Clock.Of(message.SentAt, now)} ", Tone.Muted);
        if (!chat.IsOwn(message))
            return new(time, new($"{chat.Peer.Username}: ", Tone.Plain), new(message.Text));

        var (tone, mark) = message.Status == MessageStatus.Seen ? (Tone.Green, "✓✓ seen") : (Tone.Blue, "✓ sent");
        return new(time, new($"you: {message.Text} {mark}", tone));
    }
}
