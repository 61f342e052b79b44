using System.Text;

namespace ChatHub.Terminal.FullScreen;

/// <summary>What a person does at the keyboard: a key, or a text that they paste, which may have several lines.</summary>
internal readonly record struct Stroke(ConsoleKeyInfo Key, string? Pasted = null);

/// <summary>
/// Tells pasted text from typed keys. A terminal that was asked to puts marks around it, escape sequences that .NET hands
/// on character by character; without them, each line of a pasted text would be entered by itself.
/// </summary>
/// <param name="read">Waits for the next key.</param>
/// <param name="isMore">Whether there is one already: what a person types after Escape takes longer.</param>
internal sealed class KeyReader(Func<ConsoleKeyInfo> read, Func<bool> isMore)
{
    /// <summary>Asks the terminal to mark what is pasted, and not to any more.</summary>
    public const string MarkPastes = "\e[?2004h";
    public const string MarkNoPastes = "\e[?2004l";

    private const string Begin = "[200~";
    private const string End = "\e[201~";
    private const int MostPasted = 16 * 1024;

    private readonly Queue<ConsoleKeyInfo> _ahead = [];

    /// <summary>Whether there is something to be read without waiting.</summary>
    public bool IsMore => _ahead.Count > 0 || isMore();

    public Stroke Next()
    {
        if (_ahead.TryDequeue(out var waiting))
            return new(waiting);

        var key = read();
        return key.Key == ConsoleKey.Escape && key.Modifiers == 0 && HasBegun()
            ? new(default, ReadPasted())
            : new(key);
    }

    private bool HasBegun()
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
            if (c != '\0' && text.Length < MostPasted)
                text.Append(c);
        }

        var pasted = text.ToString();
        return pasted.EndsWith(End, StringComparison.Ordinal) ? pasted[..^End.Length] : pasted;
    }
}
