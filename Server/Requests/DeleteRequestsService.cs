using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>DeleteRequests: deletes many waiting requests as one change, by their ids or by folder.</summary>
public sealed class DeleteRequestsService(ChangeRunner changes, RequestStore requests, RequestFunnel funnel)
{
    /// <summary>How many a call deletes by folder; what is left, the next call deletes.</summary>
    public const int MaxCount = 1_000;

    public Task<RequestsRemoved> DeleteAsync(Caller caller, DeleteRequestsInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        if (input.RequestIds is null == input.Folder is null || input.Folder is null != input.UpToRequestId is null)
            throw Errors.InvalidArgument("Give requestIds, or folder with upToRequestId.");
        if (input.RequestIds is { } requestIds)
        {
            var ids = Check(requestIds);
            return changes.RunAsync(caller, change => ByIdsAsync(change, caller, ids), cancellation);
        }

        var folder = Arguments.Known(input.Folder!.Value, "folder");
        if (folder == RequestFolder.Deleted)
            throw Errors.InvalidArgument("folder must be one of: main, filtered.");
        var upTo = Arguments.Id(input.UpToRequestId, "upToRequestId");
        return changes.RunAsync(caller, change => ByFolderAsync(change, caller, (RequestEntry)folder, upTo), cancellation);
    }

    private static List<string> Check(IReadOnlyList<string> ids) => ids.Count is >= 1 and <= Limits.RequestIdsMax
        ? [.. ids.Select(id => Arguments.Id(id, "requestIds")).Distinct()]
        : throw Errors.InvalidArgument($"requestIds must be 1 to {Limits.RequestIdsMax}.");

    private async Task<RequestsRemoved> ByIdsAsync(Change change, Caller caller, IReadOnlyList<string> ids)
    {
        var rows = await requests.DeletableAsync(change.Session, caller.Key, ids, change.NowMs);
        return await DeleteAsync(change, caller, rows, version =>
            requests.DeleteAsync(change.Session, [.. rows.Select(row => row.Id)], version, change.NowMs));
    }

    private async Task<RequestsRemoved> ByFolderAsync(Change change, Caller caller, RequestEntry folder, string upToId)
    {
        // It may have left the folder since it was listed; its place is still the same.
        var upTo = await requests.ByIdAsync(change.Session, upToId);
        if (upTo is null || upTo.RecipientKey != caller.Key || !upTo.HasReached)
            throw Errors.RequestNotFound();
        var rows = await requests.DeletableUpToAsync(change.Session, caller.Key, folder, upTo.RequestKey, change.NowMs, MaxCount);
        return await DeleteAsync(change, caller, rows, version => requests.DeleteAsync(
            change.Session, caller.Key, folder, rows[^1].Key, upTo.RequestKey, version, change.NowMs));
    }

    private async Task<RequestsRemoved> DeleteAsync(
        Change change, Caller caller, List<DeletableRow> rows, Func<long, Task> write)
    {
        if (rows.Count == 0)
            return Removed(rows, await change.PeekAsync(caller.Key)) with { Version = 0 };

        var mine = await change.NextVersionAsync(caller.Key, new(
            PendingRequests: -rows.Count(row => row.Entry == RequestEntry.Main),
            FilteredRequests: -rows.Count(row => row.Entry == RequestEntry.Filtered)));
        await write(mine.Version);
        funnel.Count(change, RequestStage.Deleted, rows.Count);
        return change.Raise(caller.User, Removed(rows, mine));
    }

    private static RequestsRemoved Removed(List<DeletableRow> rows, Inbox inbox) => new()
    {
        Version = inbox.Version,
        RequestIds = [.. rows.Select(row => row.Id)],
        Badges = inbox.Badges(),
    };
}
