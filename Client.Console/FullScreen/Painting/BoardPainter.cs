using ChatHub.Client;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>From the board to a frame of any size. Pure.</summary>
internal static class BoardPainter
{
    private const int SmallestWidth = 10;
    private const int MostNotes = 4;

    /// <summary>How many rows are no part of the page: the header, the input, and the rulers between.</summary>
    public const int RowsAround = 5;

    public static Frame Paint(Board board, InputLine input, IReadOnlyList<OutboxItem> pending, DateTimeOffset now, (int Width, int Height) size)
    {
        var width = Math.Max(SmallestWidth, size.Width);
        List<Line> header = board.Page == BoardPage.Chat ? [Header(board), ChatLines.Title(board), Ruler(width)] : [Header(board), Ruler(width)];
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
            ConnectionState.Connected => new Span("connected", Tone.Green),
            ConnectionState.Reconnecting => new Span("offline, trying again", Tone.Red),
            _ => new Span("offline", Tone.Red),
        };
        return new([new($"{me.Username} · "), link, new(" · "), .. PeopleText.Badges(board.Badges).Spans]);
    }

    private static List<Line> Body(Board board, IReadOnlyList<OutboxItem> pending, DateTimeOffset now, int width, int room) => board.Page switch
    {
        BoardPage.Chat => Last(ChatLines.Upwards(board.Chat!, pending, now), width, room, board.Chat!),
        BoardPage.Answers => First([.. board.Answers.SelectMany(line => Wrapping.Rows(line, width))], room, board),
        _ => First([.. InboxLines.Of(board).Select(line => Wrapping.Cut(line, width))], room, board),
    };

    /// <summary>From the top, or as far down as one has scrolled, which is never beyond the last.</summary>
    private static List<Line> First(List<Line> rows, int room, Board board)
    {
        board.ScrolledDown = Math.Clamp(board.ScrolledDown, 0, Math.Max(0, rows.Count - room));
        List<Line> shown = [.. rows.Skip(board.ScrolledDown).Take(room)];
        while (shown.Count < room)
            shown.Add("");
        if (rows.Count > board.ScrolledDown + room)
            shown[^1] = new(new Span("more: page down", Tone.Muted));
        return shown;
    }

    /// <summary>
    /// The newest rows at the bottom, or as far up as one has scrolled, which is never beyond the first. No more lines are
    /// laid out than that takes.
    /// </summary>
    private static List<Line> Last(IEnumerable<Line> upwards, int width, int room, ChatView chat)
    {
        var rows = upwards.SelectMany(line => Wrapping.Rows(line, width).Reverse()).Take(chat.ScrolledUp + room).ToList();
        chat.ScrollTo(Math.Min(chat.ScrolledUp, Math.Max(0, rows.Count - room)));
        var shown = rows.Skip(chat.ScrolledUp).Take(room).ToList();
        while (shown.Count < room)
            shown.Add("");
        shown.Reverse();
        return shown;
    }

    /// <summary>What stands above the input: typing, tips, and the last word on what was done.</summary>
    private static List<Line> Notes(Board board, DateTimeOffset now, int width)
    {
        var notes = board.Tips.Select(tip => new Line(new Span($"tip: {tip}", Tone.Muted))).ToList();
        if (board.Page == BoardPage.Chat && board.IsTyping(now))
            notes.Add(new(new Span($"{board.Chat!.Peer.Username} is typing…", Tone.Muted)));
        if (board is { Page: BoardPage.Chat, Chat: { ScrolledUp: > 0, Below: var below } })
            notes.Add(new(new Span(below > 0 ? $"↓ {below} new below: page down" : "↓ page down", Tone.Muted)));
        if (board.Status is { } status)
            notes.Add(status);
        return [.. notes.TakeLast(MostNotes).Select(note => Wrapping.Cut(note, width))];
    }

    private static Line Ruler(int width) => new(new Span(new string('─', width), Tone.Muted));
}
