using System.Text;

namespace ChatHub.Terminal.FullScreen;

/// <summary>
/// Separates pasted text from typed keys. In bracketed-paste mode a terminal puts escape sequences around it, which .NET
/// passes on character by character; without them, each line of a pasted text would be entered by itself.
/// </summary>
/// <param name="read">Waits for the next key.</param>
/// <param name="isMore">Whether there is one already: what a person types after Escape arrives later.</param>
internal sealed class KeyReader(Func<ConsoleKeyInfo> read, Func<bool> isMore)
{
    /// <summary>Turn bracketed paste on and off.</summary>
    public const string EnablePaste = "\e[?2004h";
    public const string DisablePaste = "\e[?2004l";

    private const string Begin = "[200~";
    private const string End = "\e[201~";
    private const int MaxPasted = 16 * 1024;

    private readonly Queue<ConsoleKeyInfo> _ahead = [];

    /// <summary>Whether there is input that can be read without waiting.</summary>
    public bool IsMore => _ahead.Count > 0 || isMore();

    public KeyInput Next()
    {
        if (_ahead.TryDequeue(out var waiting))
            return new(waiting);

        var key = read();
        return key.Key == ConsoleKey.Escape && key.Modifiers == 0 && IsPaste()
            ? new(default, ReadPasted())
            : new(key);
    }

    private bool IsPaste()
    {
        foreach (var expected in Begin)
        {
            if (!isMore())
                return false;
            var key = read();
            _ahead.Enqueue(key);
            if (key.KeyChar != expected)
                return false;
        }

        _ahead.Clear();
        return true;
    }

    private string ReadPasted()
    {
        var text = new StringBuilder();
        var matched = 0;
        while (matched < End.Length)
        {
            var c = read().KeyChar;
            matched = c == End[matched] ? matched + 1 : c == End[0] ? 1 : 0;
            if (c != '\0' && text.Length < MaxPasted)
                text.Append(c);
        }

        var pasted = text.ToString();
        return pasted.EndsWith(End, StringComparison.Ordinal) ? pasted[..^End.Length] : pasted;
    }
}
