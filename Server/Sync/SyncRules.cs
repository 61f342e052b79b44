namespace ChatHub.Server.Sync;

/// <summary>Where a page of catching up ends. Pure.</summary>
public static class SyncRules
{
    /// <summary>
    /// Whether the client's state is void: it is of another epoch, ahead of the server (restored from a backup), or may hold what
    /// retention has removed since. A client that holds nothing yet begins with version 0.
    /// </summary>
    /// <param name="clientEpoch">The epoch of the client's state; null: not given.</param>
    /// <param name="after">The version of the client's state.</param>
    /// <param name="epoch">The server's epoch.</param>
    /// <param name="version">The user's version.</param>
    /// <param name="removedUpTo">The highest stamp of what was removed.</param>
    public static bool MustReset(string? clientEpoch, long after, string epoch, long version, long removedUpTo) =>
        after > version || (clientEpoch is not null && clientEpoch != epoch) || (after > 0 && after < removedUpTo);

    /// <summary>
    /// How many of the changed items a page takes: at most <paramref name="limit"/>, but never part of a version. A
    /// version with more items than that is taken whole.
    /// </summary>
    /// <param name="versions">The items' version stamps, rising.</param>
    /// <param name="limit">1 or more.</param>
    public static int PageLength(IReadOnlyList<long> versions, int limit)
    {
        if (versions.Count <= limit)
            return versions.Count;
        var end = limit;
        while (end > 0 && versions[end - 1] == versions[limit])
            end--;
        if (end > 0)
            return end;
        end = limit;
        while (end < versions.Count && versions[end] == versions[0])
            end++;
        return end;
    }
}
