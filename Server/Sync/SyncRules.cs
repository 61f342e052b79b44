namespace ChatHub.Server.Sync;

/// <summary>Where a page of catching up ends. Pure.</summary>
public static class SyncRules
{
    /// <summary>Whether the client's state is void: it is of another epoch, or ahead of the server (restored from a backup).</summary>
    public static bool MustReset(string? clientEpoch, long after, string epoch, long version) =>
        after > version || (clientEpoch is not null && clientEpoch != epoch);

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
