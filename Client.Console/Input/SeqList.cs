using System.Globalization;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Input;

/// <summary>Messages chosen by their numbers: <c>#3,5-9</c>.</summary>
internal static class SeqList
{
    /// <returns>The numbers, each once, in rising order.</returns>
    /// <exception cref="UsageException">It is malformed, or names more than a page of messages.</exception>
    public static IReadOnlyList<long> Parse(string text)
    {
        var seqs = new SortedSet<long>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || last < first || last - first >= Limits.PageMax)
                throw Wrong();
            for (var seq = first; seq <= last; seq++)
                seqs.Add(seq);
        }

        return seqs.Count is > 0 and <= Limits.PageMax ? [.. seqs] : throw Wrong();
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static UsageException Wrong() => new($"messages are chosen by their numbers, at most {Limits.PageMax}: #3 or #3,5-9");
}
