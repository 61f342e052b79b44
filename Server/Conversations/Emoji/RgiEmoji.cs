using System.Collections.Frozen;
using System.Text;
using ChatHub.Contracts;

namespace ChatHub.Server.Conversations.Emoji;

/// <summary>The emoji sequences recommended for general interchange (RGI) by UTS #51: what a reaction may be.</summary>
public static class RgiEmoji
{
    private static readonly FrozenSet<string> All = Read();

    /// <summary>How many there are.</summary>
    public static int Count => All.Count;

    /// <summary>Exactly one of the sequences, with its variation selectors as the standard has them.</summary>
    public static string Check(string text) => Encoding.UTF8.GetByteCount(text) <= Limits.EmojiBytesMax && All.Contains(text)
        ? text
        : throw Errors.InvalidArgument($"emoji must be one emoji of at most {Limits.EmojiBytesMax} bytes (an RGI sequence of UTS #51).");

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(RgiEmoji).Assembly.GetManifestResourceStream("rgi-emoji.txt")!);
        // Comments begin with a space after their mark: the keycap # begins with one too.
        return reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith("# ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);
    }
}
