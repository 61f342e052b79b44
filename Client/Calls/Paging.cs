using System.Runtime.CompilerServices;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>Enumerates paged lists.</summary>
public static class Paging
{
    /// <summary>Enumerates all items of a paged list; each page is read when the enumeration reaches it.</summary>
    /// <param name="read">Reads the page at a cursor; null is the first page. For example <c>cursor => hub.ListFollowers(new() { Cursor = cursor })</c>.</param>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="cancellationToken">Checked before each page.</param>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        Func<string?, Task<Page<T>>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        string? cursor = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await read(cursor).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
