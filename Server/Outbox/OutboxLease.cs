using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox;

/// <summary>
/// Which instance delivers, in a row of the database. The holder raises the row's beat; another instance takes over once it has seen
/// the same beat for as long as the lease lasts by its own clock, so that no two clocks are compared.
/// </summary>
public sealed class OutboxLease(IDatabase database, IOptions<OutboxOptions> options, TimeProvider time)
{
    private sealed record Row
    {
        public string Holder { get; init; } = "";
        public long Beat { get; init; }
    }

    private readonly string _me = Ids.New();
    private Row _seen = new() { Beat = -1 };
    private long _seenAt;

    /// <summary>Takes the lease where no other instance keeps it.</summary>
    public async Task<bool> TryTakeAsync(CancellationToken cancellation)
    {
        var row = await database.ReadAsync(
            session => session.FirstAsync<Row>("SELECT holder, beat FROM leases WHERE name = 'outbox'"), cancellation);
        if (row is null)
            throw new InvalidOperationException("The outbox has no lease.");
        if (row != _seen)
            (_seen, _seenAt) = (row, time.GetTimestamp());
        var isFree = row.Holder.Length == 0 || time.GetElapsedTime(_seenAt) >= options.Value.Lease;
        return isFree && await SetAsync(row.Holder, row.Beat, _me, cancellation);
    }

    /// <returns>False: another instance has it.</returns>
    public Task<bool> RenewAsync(CancellationToken cancellation) => SetAsync(_me, null, _me, cancellation);

    /// <summary>For the next instance, which need not wait.</summary>
    public Task ReleaseAsync() => SetAsync(_me, null, "", CancellationToken.None);

    private Task<bool> SetAsync(string holderId, long? beat, string newHolderId, CancellationToken cancellation) =>
        database.WriteAsync(
            LockScope.None,
            async session => await session.ExecuteAsync(
                "UPDATE leases SET holder = @newHolderId, beat = beat + 1 WHERE name = 'outbox' AND holder = @holderId AND beat = COALESCE(@beat, beat)",
                new { holderId, beat, newHolderId }) > 0,
            committed: null,
            cancellation);
}
