using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ChatHub.Contracts;

namespace ChatHub.Server.Storage;

/// <summary>Keyset paging: an opaque cursor holds the sort keys of the last item shown.</summary>
public static class Cursor
{
    private const char Separator = ',';

    public static string Of(params ReadOnlySpan<object> keys)
    {
        var text = string.Join(Separator, keys.ToArray().Select(key => Convert.ToString(key, CultureInfo.InvariantCulture)));
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The sort keys; null for the first page. Throws invalid_argument for a text that is no cursor.</summary>
    public static string[]? Read(string? cursor, int keys)
    {
        if (cursor is null)
            return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator);
            if (parts.Length == keys && cursor.Length > 0)
                return parts;
        }
        catch (FormatException)
        {
            // Refused below.
        }

        throw Foreign();
    }

    /// <summary>The same for numeric keys.</summary>
    public static long[]? ReadNumbers(string? cursor, int keys) =>
        Read(cursor, keys)?.Select(key =>
            long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Foreign()).ToArray();

    /// <summary>A page of rows; the query read one row more than the limit.</summary>
    public static Page<TItem> Page<TRow, TItem>(
        IReadOnlyList<TRow> rows, int limit, Func<TRow, TItem> map, Func<TRow, string> cursor) => new()
        {
            Items = [.. rows.Take(limit).Select(map)],
            NextCursor = rows.Count > limit ? cursor(rows[limit - 1]) : null,
        };

    private static ChatHubException Foreign() => Arguments.Invalid("cursor must be a nextCursor of the same list.");
}
