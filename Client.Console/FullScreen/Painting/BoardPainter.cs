using ChatHub.Client;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>From the board to a frame of any size. Pure.</summary>
internal static class BoardPainter
{
    private const int SmallestWidth = 10;
    private const int MostNotes = 4;

    public static Frame Paint(Board board, InputLine input, IReadOnlyList<OutboxItem> pending, DateTimeOffset now, (int Width, int Height) size)
    {
        var width = Math.Max(SmallestWidth, size.Width);
        List<Line> header = [Header(board), Ruler(width)];
        var notes = Notes(board, now, width);
        var room = Math.Max(1, size.Height - header.Count - notes.Count - 2);
        List<Line> rows =
        [
            .. header.Select(row => Wrapping.Cut(row, width)),
            .. Body(board, pending, now, width, room),
            Ruler(width),
            .. notes,
        ];
        var (line, cursor) = input.Row(width);
        return new([.. rows.TakeLast(Math.Max(0, size.Height - 1)), line], cursor);
    }

    private static Line Header(Board board)
    {
        if (board.Me is not { } me)
            return new(new Span("chathub", Tone.Green), new(" · signin NAME PASSWORD · signup NAME PASSWORD BIRTHDATE · help"));
        var link = board.Link switch
        {
            LinkState.Connected => new Span("connected", Tone.Green),
            LinkState.Reconnecting => new Span("offline, trying again", Tone.Red),
            _ => new Span("offline", Tone.Red),
        };
        return new([new($"{me.Username} · "), link, new(" · "), .. PeopleText.Badges(board.Badges).Spans]);
    }

    private static List<Line> Body(Board board, IReadOnlyList<OutboxItem> pending, DateTimeOffset now, int width, int room) => board.Page switch
    {
        BoardPage.Chat => Last(ChatLines.Of(board, pending, now), width, room, board.Chat!),
        BoardPage.Answers => Padded([.. board.Answers.SelectMany(line => Wrapping.Rows(line, width)).TakeLast(room)], room),
        _ => Padded([.. InboxLines.Of(board).Select(line => Wrapping.Cut(line, width)).Take(room)], room),
    };

    /// <summary>The newest rows, or as far up as one has scrolled, which is never beyond the first.</summary>
    private static List<Line> Last(IEnumerable<Line> lines, int width, int room, ChatView chat)
    {
        var rows = lines.SelectMany(line => Wrapping.Rows(line, width)).ToList();
        chat.ScrolledUp = Math.Clamp(chat.ScrolledUp, 0, Math.Max(0, rows.Count - room));
        return Padded([.. rows.SkipLast(chat.ScrolledUp).TakeLast(room)], room);
    }

    /// <summary>What stands above the input: typing, tips, and the last word on what was done.</summary>
    private static List<Line> Notes(Board board, DateTimeOffset now, int width)
    {
        var notes = board.Tips.Select(tip => new Line(new Span($"tip: {tip}", Tone.Muted))).ToList();
        if (board.Page == BoardPage.Chat && board.IsTyping(now))
            notes.Add(new(new Span($"{board.Chat!.Peer.Username} is typing…", Tone.Muted)));
        if (board.Status is { } status)
            notes.Add(status);
        return [.. notes.TakeLast(MostNotes).Select(note => Wrapping.Cut(note, width))];
    }

    private static Line Ruler(int width) => new(new Span(new string('─', width), Tone.Muted));

    private static List<Line> Padded(List<Line> rows, int room)
    {
        while (rows.Count < room)
            rows.Add("");
        return rows;
    }
}
