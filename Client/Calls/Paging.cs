using System.Runtime.CompilerServices;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>Reads a paged list to its end, a page at a time, as far as the caller enumerates.</summary>
public static class Paging
{
    /// <param name="read">Reads the page at a cursor; null is the first. For example <c>cursor => hub.ListFollowers(new() { Cursor = cursor })</c>.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
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
