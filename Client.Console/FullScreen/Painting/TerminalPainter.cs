using System.Globalization;
using System.Text;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>Brings frames to the terminal, on the alternate screen: only rows that have changed are written.</summary>
internal sealed class TerminalPainter(TextWriter output, bool colors) : IDisposable
{
    // Without automatic wrapping: a character that the terminal takes for wider than we do must not push the rows down.
    private const string Enter = $"\e[?1049h\e[?7l\e[2J{KeyReader.MarkPastes}";
    private const string Leave = $"{KeyReader.MarkNoPastes}\e[?7h\e[?25h\e[?1049l";

    private string[] _shown = [];
    private (int Width, int Height) _size;

    public void Begin()
    {
        output.Write(Enter);
        output.Flush();
    }

    /// <summary>The next frame is painted as a whole: something else may have written to the terminal.</summary>
    public void Forget() => _shown = [];

    /// <summary>A terminal of another size is painted anew.</summary>
    public void Show(Frame frame, (int Width, int Height) size)
    {
        var text = new StringBuilder("\e[?25l");
        var rows = frame.Rows.Select(row => AnsiText.Of(row, colors)).ToArray();
        if (size != _size || rows.Length != _shown.Length)
        {
            text.Append("\e[2J");
            (_size, _shown) = (size, []);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (_shown.Length == 0 || _shown[i] != rows[i])
                text.Append(CultureInfo.InvariantCulture, $"\e[{i + 1};1H\e[K{rows[i]}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\e[{rows.Length};{frame.CursorColumn + 1}H\e[?25h");
        output.Write(text);
        output.Flush();
        _shown = rows;
    }

    public void Dispose()
    {
        output.Write(Leave);
        output.Flush();
    }
}
