using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>
/// Names that move between users within one import: those that became free are given first, in whatever order the lines came;
/// then two users of whom one waits for the other's name exchange them, so that also a circle of many is resolved. Of lines that
/// want the same name the first has it; when nothing else moves, a later one that already has it, or whose first is refused for another reason.
/// </summary>
public sealed class ImportConflicts(DirectoryService directory)
{
    internal async Task SettleAsync(ImportProgress progress, CancellationToken cancellation)
    {
        while (progress.Conflicts.Count > 0 && (await GiveFreeAsync(progress, FirstOfEachName(progress), cancellation)
            || await ExchangeAsync(progress, cancellation)
            || await GiveFreeAsync(progress, [.. progress.Conflicts.OrderBy(entry => entry.Number)], cancellation)))
        {
            // Each round moved a name. A chain of names is free from one end on, and its lines may have come from either.
            progress.Conflicts.Reverse();
        }
    }

    private async Task<bool> GiveFreeAsync(ImportProgress progress, List<ImportEntry> entries, CancellationToken cancellation)
    {
        var moved = false;
        foreach (var entry in entries)
        {
            try
            {
                await directory.PutUserAsync(entry.Line.UserId!, entry.User, cancellation);
            }
            catch (ChatHubException)
            {
                continue;
            }

            progress.Conflicts.Remove(entry);
            progress.Succeed(entry);
            moved = true;
        }

        return moved;
    }

    private async Task<bool> ExchangeAsync(ImportProgress progress, CancellationToken cancellation)
    {
        var waiting = FirstOfEachName(progress).ToDictionary(entry => entry.Line.UserId!);
        foreach (var entry in waiting.Values)
        {
            if (await directory.HolderAsync(entry.Line.Username!, cancellation) is not { } holder || !waiting.TryGetValue(holder, out var other))
                continue;
            if (await directory.ExchangeAsync((entry.Line.UserId!, entry.User), (holder, other.User), cancellation) is not { } isOtherDone)
                continue;
            progress.Conflicts.Remove(entry);
            progress.Succeed(entry);
            if (isOtherDone)
            {
                progress.Conflicts.Remove(other);
                progress.Succeed(other);
            }

            return true;
        }

        return false;
    }

    /// <summary>In the order that the lines have now.</summary>
    private static List<ImportEntry> FirstOfEachName(ImportProgress progress) =>
        [.. progress.Conflicts.GroupBy(entry => entry.NameKey).Select(same => same.MinBy(entry => entry.Number)!)];
}
