using System.Globalization;
using System.Text;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>Writes frames to the terminal, on the alternate screen: only changed rows are written.</summary>
internal sealed class TerminalPainter(TextWriter output, bool colors) : IDisposable
{
    // Without automatic wrapping: a character that the terminal draws wider than computed must not push the rows down.
    private const string Enter = $"\e[?1049h\e[?7l\e[2J{KeyReader.EnablePaste}";
    private const string Leave = $"{KeyReader.DisablePaste}\e[?7h\e[?25h\e[?1049l";

    private string[] _painted = [];
    private (int Width, int Height) _size;

    public void Begin()
    {
        output.Write(Enter);
        output.Flush();
    }

    /// <summary>Paints the next frame as a whole: another program may have written to the terminal.</summary>
    public void Invalidate() => _painted = [];

    /// <summary>After a resize the whole screen is painted.</summary>
    public void Paint(Frame frame, (int Width, int Height) size)
    {
        var text = new StringBuilder("\e[?25l");
        var rows = frame.Rows.Select(row => AnsiText.Of(row, colors)).ToArray();
        if (size != _size || rows.Length != _painted.Length)
        {
            text.Append("\e[2J");
            (_size, _painted) = (size, []);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (_painted.Length == 0 || _painted[i] != rows[i])
                text.Append(CultureInfo.InvariantCulture, $"\e[{i + 1};1H\e[K{rows[i]}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\e[{rows.Length};{frame.CursorColumn + 1}H\e[?25h");
        output.Write(text);
        output.Flush();
        _painted = rows;
    }

    public void Dispose()
    {
        output.Write(Leave);
        output.Flush();
    }
}
