using ChatHub.Contracts;

namespace ChatHub.Server.Common;

/// <summary>
/// How much a page holds: at most its limit, and at most <see cref="Limits.PageTextBytes"/> of text, so that no call costs
/// memory without bound. One item always fits.
/// </summary>
public static class PageBounds
{
    /// <summary>How many of the items fit, from the first on; 0 only where there are none.</summary>
    public static int Fitting<T>(IEnumerable<T> items, Func<T, int> textBytes)
    {
        var (count, bytes) = (0, 0L);
        foreach (var item in items)
        {
            bytes += textBytes(item);
            if (count > 0 && bytes > Limits.PageTextBytes)
                break;
            count++;
        }

        return count;
    }

    /// <summary>A page of rows of which one more than the limit was read.</summary>
    /// <param name="rows">In the order of the list.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="map">A row as it is on the wire.</param>
    /// <param name="textBytes">See <see cref="TextSize"/>.</param>
    /// <param name="cursor">The cursor of a row.</param>
    public static Page<TItem> Page<TRow, TItem>(
        IReadOnlyList<TRow> rows, int limit, Func<TRow, TItem> map, Func<TItem, int> textBytes, Func<TRow, string> cursor)
    {
        var items = rows.Take(limit).Select(map).ToList();
        var count = Fitting(items, textBytes);
        return new() { Items = items[..count], NextCursor = count < rows.Count ? cursor(rows[count - 1]) : null };
    }
}
