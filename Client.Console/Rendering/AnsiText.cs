using System.Text;

namespace ChatHub.Terminal.Rendering;

/// <summary>A line with escape sequences for a terminal. All output passes here: no other escape sequence is ever written.</summary>
internal static class AnsiText
{
    public const string EraseLine = "\r\e[K";
    private const string Reset = "\e[0m";

    public static string Of(Line line, bool colors)
    {
        var text = new StringBuilder();
        foreach (var span in line.Spans)
        {
            var safe = RightToLeft.Isolate(SafeText.OneLine(span.Text));
            if (colors && span.Tone != Tone.Plain)
                text.Append(Start(span.Tone)).Append(safe).Append(Reset);
            else
                text.Append(safe);
        }

        return text.ToString();
    }

    // The bright colours: plain blue can hardly be read on black.
    private static string Start(Tone tone) => tone switch
    {
        Tone.Muted => "\e[90m",
        Tone.Blue => "\e[94m",
        Tone.Green => "\e[92m",
        Tone.Red => "\e[91m",
        _ => "",
    };
}
