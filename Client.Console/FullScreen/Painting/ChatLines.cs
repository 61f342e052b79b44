using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>The open chat as lines.</summary>
internal static class ChatLines
{
    // As wide as the time: the second row of a message is indented, and cannot look like another message.
    private const int Indent = 6;

    public static Line Title(ScreenModel model)
    {
        var chat = model.Chat!;
        var isOnline = chat.State == ConversationState.Open && model.IsOnline(chat.Peer.UserId);
        var state = chat.State switch
        {
            ConversationState.YouBlocked => " · you blocked them",
            ConversationState.Unavailable => " · they cannot be messaged",
            _ => isOnline ? " · online" : "",
        };
        return new(new Span($"chat with {PeopleText.Name(chat.Peer)}"), new Span(state, isOnline ? Tone.Green : Tone.Muted), new Span(" · commands begin with /: try /help", Tone.Muted));
    }

    /// <summary>From the newest line up: unsent messages are last, and each day's messages follow its name.</summary>
    public static IEnumerable<Line> Upwards(ChatView chat, IReadOnlyList<OutboxItem> pending, DateTimeOffset now, bool showsSeqs)
    {
        if (chat.ScrolledUp == 0)
        {
            foreach (var line in Waiting(chat, pending).Reverse())
                yield return line;
        }

        DateOnly? below = null;
        foreach (var message in chat.Upwards)
        {
            var day = Clock.DayOf(message.SentAt, now);
            if (below is { } passed && passed != day)
                yield return Day(passed, now);
            below = day;
            yield return Of(chat, message, showsSeqs ? $"#{message.Seq}".PadRight(Indent) : $"{Clock.Time(message.SentAt, now)} ");
        }

        if (below is { } first)
            yield return Day(first, now);
        if (chat.HasEarlier)
            yield return new(new Span("earlier messages: page up", Tone.Muted));
    }

    private static IEnumerable<Line> Waiting(ChatView chat, IReadOnlyList<OutboxItem> pending)
    {
        var mine = pending.Where(item => item.ConversationId == chat.Id).ToList();
        if (mine.Count == 0)
            return [];
        var known = chat.Messages.Select(message => message.ClientId).ToHashSet();
        return mine.Where(item => !known.Contains(item.ClientId)).Select(item =>
            new Line(new Span($"  …   you: {item.Text}", Tone.Muted), new Span(" … waiting", Tone.Muted, Whole: true)) { Indent = Indent });
    }

    private static Line Day(DateOnly day, DateTimeOffset now) => new(new Span($"── {Clock.Name(day, now)} ──", Tone.Muted));

    private static Line Of(ChatView chat, Message message, string label)
    {
        var start = new Span(label, Tone.Muted);
        if (!chat.IsOwn(message))
            return new(start, new($"{chat.Peer.Username}: "), new(MessageText.Body(message))) { Indent = Indent };

        var (tone, mark) = message.Status == MessageStatus.Seen ? (Tone.Green, " ✓✓ seen") : (Tone.Blue, " ✓ sent");
        return new(start, new($"you: {MessageText.Body(message)}", tone), new(mark, tone, Whole: true)) { Indent = Indent };
    }
}
