using ChatHub.Client;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>Renders the model as a frame of any size. Pure.</summary>
internal static class ScreenPainter
{
    private const int MinWidth = 10;
    private const int MaxNotes = 4;
    private const int MaxStatusRows = 6;

    /// <summary>The rows around the page: the header, the input, and the rulers between.</summary>
    public const int FrameRows = 5;

    public static Frame Paint(ScreenModel model, InputLine input, IReadOnlyList<OutboxItem> pending, DateTimeOffset now, (int Width, int Height) size)
    {
        var width = Math.Max(MinWidth, size.Width);
        List<Line> header = model.Page == ScreenPage.Chat ? [Header(model), ChatLines.Title(model), Ruler(width)] : [Header(model), Ruler(width)];
        var notes = Notes(model, now, width);
        var height = Math.Max(1, size.Height - header.Count - notes.Count - 2);
        List<Line> rows =
        [
            .. header.Select(row => Wrapping.Cut(row, width)),
            .. Body(model, pending, now, width, height),
            Ruler(width),
            .. notes,
        ];
        var (line, cursor) = input.Row(width);
        return new([.. rows.TakeLast(Math.Max(0, size.Height - 1)), line], cursor);
    }

    private static Line Header(ScreenModel model)
    {
        if (model.Me is not { } me)
            return new(new Span("chathub", Tone.Green), new(" · signin NAME PASSWORD · signup NAME PASSWORD BIRTHDATE · help"));
        var link = model.Connection switch
        {
            ConnectionState.Connected => new Span("connected", Tone.Green),
            ConnectionState.Reconnecting => new Span("offline, trying again", Tone.Red),
            _ => new Span("offline", Tone.Red),
        };
        return new([new($"{me.Username} · "), link, new(" · "), .. PeopleText.Badges(model.Inbox.Badges).Spans]);
    }

    private static List<Line> Body(ScreenModel model, IReadOnlyList<OutboxItem> pending, DateTimeOffset now, int width, int height) => model.Page switch
    {
        ScreenPage.Chat => Last(ChatLines.Upwards(model.Chat!, pending, now, model.ShowsSeqs), width, height, model.Chat!),
        ScreenPage.Output => First([.. model.Output.SelectMany(line => Wrapping.Rows(line, width))], height, model),
        _ => First([.. InboxLines.Of(model).Select(line => Wrapping.Cut(line, width))], height, model),
    };

    /// <summary>From the top, or from the scroll position, which never exceeds the last row.</summary>
    private static List<Line> First(List<Line> rows, int height, ScreenModel model)
    {
        model.ScrolledDown = Math.Clamp(model.ScrolledDown, 0, Math.Max(0, rows.Count - height));
        List<Line> visible = [.. rows.Skip(model.ScrolledDown).Take(height)];
        while (visible.Count < height)
            visible.Add("");
        if (rows.Count > model.ScrolledDown + height)
            visible[^1] = new(new Span("more: page down", Tone.Muted));
        return visible;
    }

    /// <summary>
    /// The newest rows at the bottom, or from the scroll position, which never exceeds the first row. Only the lines needed
    /// for it are laid out.
    /// </summary>
    private static List<Line> Last(IEnumerable<Line> upwards, int width, int height, ChatView chat)
    {
        var rows = upwards.SelectMany(line => Wrapping.Rows(line, width).Reverse()).Take(chat.ScrolledUp + height).ToList();
        chat.ScrollTo(Math.Min(chat.ScrolledUp, Math.Max(0, rows.Count - height)));
        var visible = rows.Skip(chat.ScrolledUp).Take(height).ToList();
        while (visible.Count < height)
            visible.Add("");
        visible.Reverse();
        return visible;
    }

    /// <summary>The rows above the input: tips, typing, what is below, and the status, which wraps.</summary>
    private static List<Line> Notes(ScreenModel model, DateTimeOffset now, int width)
    {
        var notes = model.Tips.Select(tip => new Line(new Span($"tip: {tip}", Tone.Muted))).ToList();
        if (model.Page == ScreenPage.Chat && model.IsTyping(now))
            notes.Add(new(new Span($"{model.Chat!.Peer.Username} is typing…", Tone.Muted)));
        if (model is { Page: ScreenPage.Chat, Chat: { ScrolledUp: > 0, Below: var below } })
            notes.Add(new(new Span(below > 0 ? $"↓ {below} new below: page down" : "↓ page down", Tone.Muted)));
        var status = model.Status is { } line ? Wrapping.Rows(line, width).Take(MaxStatusRows) : [];
        return [.. notes.TakeLast(MaxNotes).Select(note => Wrapping.Cut(note, width)), .. status];
    }

    private static Line Ruler(int width) => new(new Span(new string('─', width), Tone.Muted));
}
