using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>The inbox as lines: the Requests folder, then the chats, the pinned ones and then the latest first.</summary>
internal static class InboxLines
{
    private static readonly Span Dot = new("● ", Tone.Red);
    private static readonly Span NoDot = new("  ");

    public static IEnumerable<Line> Of(ScreenModel model)
    {
        if (model.Me is not { } me)
            yield break;

        var folder = model.Inbox.RequestsFolder.ToList();
        yield return new(folder.Count > 0 ? Dot : NoDot, new($"Requests ({folder.Count})"));
        foreach (var request in folder)
            yield return new(NoDot, new($"  {PeopleText.Name(request.Sender)}: "), new(request.Text, Tone.Muted));
        var filtered = model.Inbox.FilteredRequests.Count();
        if (filtered > 0)
            yield return new(new Span($"    and {filtered} filtered", Tone.Muted));
        yield return "";
        yield return "  Chats";
        foreach (var chat in model.Inbox.ByActivity)
            yield return new([chat.UnreadCount > 0 ? Dot : NoDot, new("  "), .. Of(chat, me)]);
        var archived = model.Inbox.Archived.Count();
        if (archived > 0)
            yield return new(new Span($"    and {archived} archived", Tone.Muted));
        if (model.Inbox.Conversations.IsEmpty)
            yield return new(new Span("    none yet: search NAME, then request NAME TEXT", Tone.Muted));
    }

    private static IEnumerable<Span> Of(Conversation chat, UserCard me)
    {
        yield return new($"{PeopleText.Name(chat.Peer)} · {MessageText.Marks(chat)}");
        if (chat.UnreadCount > 0)
            yield return new($"{chat.UnreadCount} unread · ");
        yield return chat.LastMessage switch
        {
            null => new(chat.LastSeq > 0 ? "no messages" : "no messages yet", Tone.Muted),
            { } message when message.SenderId != me.UserId => new(MessageText.Body(message)),
            { Status: MessageStatus.Seen } message => new($"you ✓✓ {MessageText.Body(message)}", Tone.Green),
            { } message => new($"you ✓ {MessageText.Body(message)}", Tone.Blue),
        };
    }
}
