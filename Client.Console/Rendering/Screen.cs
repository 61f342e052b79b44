using System.Globalization;

namespace ChatHub.Terminal.Rendering;

/// <summary>Writes lines, with times and colours as configured, and keeps the prompt below them.</summary>
internal sealed class Screen(TextWriter output, bool colors, bool times, TimeProvider time, bool json = false) : IScreen
{
    private bool _prompting;

    /// <param name="line">The line.</param>
    /// <param name="at">When it happened; printed in local time, with the day unless it is today.</param>
    public void Write(Line line, DateTimeOffset? at = null)
    {
        if (json)
        {
            WriteRaw(JsonText.Of(line, at));
            return;
        }

        // An event during typing: it replaces the prompt, which is written again below.
        if (_prompting)
            output.Write(colors ? AnsiText.EraseLine : "\n");
        _prompting = false;
        if (times && at is { } instant)
            output.Write(AnsiText.Of(new(new Span($"{Clock(instant)} ", Tone.Muted)), colors));
        output.Write(AnsiText.Of(line, colors));
        output.Write('\n');
        output.Flush();
    }

    /// <summary>Writes an event for programs that read the output; people get lines.</summary>
    public void WriteEvent(string name, object content)
    {
        if (json)
            WriteRaw(JsonText.OfEvent(name, content));
    }

    public void Prompt(string text)
    {
        if (_prompting)
            return;
        output.Write(text);
        output.Flush();
        _prompting = true;
    }

    /// <summary>The line was entered: the cursor stands below it.</summary>
    public void EndPrompt() => _prompting = false;

    private void WriteRaw(string text)
    {
        output.Write(text);
        output.Write('\n');
        output.Flush();
    }

    private string Clock(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, time.LocalTimeZone);
        var form = local.Date == time.GetLocalNow().Date ? "HH:mm" : "yyyy-MM-dd HH:mm";
        return local.ToString(form, CultureInfo.InvariantCulture);
    }
}
