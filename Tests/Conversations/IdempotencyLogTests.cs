using ChatHub.Server.Conversations.Idempotency;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Storage;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>Where idempotency keys are on SQLite: the newest in a log, found by a map in memory; the others in sorted runs, found by filters.</summary>
public sealed class IdempotencyLogTests : IAsyncDisposable
{
    private const long Day = 24 * 60 * 60 * 1000;
    private const long Today = 20_000 * Day;
    private const int LongLog = 140_000;

    private readonly SqliteDatabases _databases = new();
    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Today));

    private static CancellationToken Token => TestTimeouts.Token;

    public ValueTask DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task A_key_is_found_by_the_next_command_by_another_process_and_after_a_restart()
    {
        var one = await OpenAsync();
        var other = await OpenAsync();
        await one.AddAsync(sender: 1, "a", seq: 11);
        await other.AddAsync(sender: 1, "b", seq: 12);
        await one.AddAsync(sender: 1, "c", seq: 13);
        var restarted = await OpenAsync();

        foreach (var process in new[] { one, other, restarted })
        {
            Assert.Equal(
                [11, 12, 13, null],
                [await process.FindAsync(1, "a"), await process.FindAsync(1, "b"), await process.FindAsync(1, "c"), await process.FindAsync(1, "d")]);
            Assert.Null(await process.FindAsync(sender: 2, "a"));
        }
    }

    [Fact]
    public async Task A_key_of_the_same_transaction_is_found()
    {
        var process = await OpenAsync();

        var found = await process.Database.WriteAsync(
            async session =>
            {
                await process.Store.AddMessageAsync(session, 1, "a", 7, 11, Today);
                return await process.Store.FindAsync(session, 1, "a", Today);
            },
            null,
            Token);

        Assert.Equal(new IdempotencyRow { TargetKey = 7, Seq = 11 }, found);
    }

    [Fact]
    public async Task A_key_that_was_rolled_back_is_unknown_and_can_be_used()
    {
        var process = await OpenAsync();
        var other = await OpenAsync();
        await process.AddAsync(1, "before", 10);

        await Assert.ThrowsAsync<InvalidOperationException>(() => process.Database.WriteAsync<bool>(
            async session =>
            {
                await process.Store.AddMessageAsync(session, 1, "a", 7, 11, Today);
                throw new InvalidOperationException("After the write.");
            },
            null,
            Token));
        // Gets the place in the log that was given back.
        await other.AddAsync(1, "theirs", 12);

        Assert.Null(await process.FindAsync(1, "a"));
        Assert.Equal(12, await process.FindAsync(1, "theirs"));
        await process.AddAsync(1, "a", 13);
        Assert.Equal(13, await other.FindAsync(1, "a"));
    }

    [Fact]
    public async Task Two_keys_with_one_hash_are_both_kept()
    {
        var process = await OpenAsync();
        var log = new IdempotencyLog();
        var (mine, theirs) = (new IdempotencyKey(20_000, 5, 1), new IdempotencyKey(20_000, 5, 2));

        await process.Database.WriteAsync(
            LockScope.None,
            async session =>
            {
                Assert.True(await log.TryAddAsync(session, mine, Row(7, 1)));
                Assert.Null(await log.FindAsync(session, theirs));
                Assert.False(await log.TryAddAsync(session, theirs, Row(8, 2)));
            },
            Token);

        await process.Database.WriteAsync(
            LockScope.None,
            async session =>
            {
                Assert.Equal(Row(7, 1), await log.FindAsync(session, mine));
                Assert.Null(await log.FindAsync(session, theirs));
                Assert.False(await log.TryAddAsync(session, theirs, Row(8, 2)));
            },
            Token);
    }

    [Fact]
    public async Task A_long_log_moves_to_a_run_and_each_key_is_still_found()
    {
        var process = await OpenAsync();
        var other = await OpenAsync();
        await process.FillAsync(LongLog);
        await other.FindAsync(1, "0");

        await process.Store.SweepAsync(Token);

        Assert.Equal(LongLog, await process.CountAsync("idempotency_log") + await process.CountAsync("idempotency_run_keys"));
        Assert.InRange(await process.CountAsync("idempotency_log"), 65_536, 131_072);
        Assert.Equal(0, await process.CountAsync("idempotency_keys"));
        await process.AddAsync(1, "one more", 9);
        await AssertAllAreFoundAsync(process, other, await OpenAsync());
        Assert.Equal(9, await other.FindAsync(1, "one more"));
    }

    [Fact]
    public async Task Two_processes_that_write_a_run_at_once_and_one_that_was_killed_while_it_did_lose_no_key()
    {
        var process = await OpenAsync();
        var other = await OpenAsync();
        await process.FillAsync(LongLog);
        // As a killed process leaves it: some of the next run's keys, among them one that the log has no more.
        await process.Database.WriteAsync(
            LockScope.None,
            async session =>
            {
                var store = new IdempotencyRunStore(process.Database);
                await store.AddKeyAsync(session, run: 1, Entry(IdempotencyKey.Of(1, "0", Today), seq: 1));
                await store.AddKeyAsync(session, run: 1, Entry(IdempotencyKey.Of(1, "expired", Today - (2 * Day)), seq: 5));
            },
            Token);

        await Task.WhenAll(process.Store.SweepAsync(Token), other.Store.SweepAsync(Token));

        Assert.InRange(await process.CountAsync("idempotency_log"), 65_536, 131_072);
        await AssertAllAreFoundAsync(process, other, await OpenAsync());
        Assert.Null(await process.FindAsync(1, "expired"));
    }

    [Fact]
    public async Task A_run_whose_completion_was_rolled_back_is_read_once_it_is_complete()
    {
        var database = (await OpenAsync()).Database;
        var (store, runs) = (new IdempotencyRunStore(database), new IdempotencyRuns(database));
        var (a, b) = (IdempotencyKey.Of(1, "a", Today), IdempotencyKey.Of(1, "b", Today));

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<bool>(
            async session =>
            {
                await store.AddKeyAsync(session, run: 1, Entry(a, seq: 11));
                await runs.CompleteAsync(session, Run(1, a));
                await runs.FindAsync(session, a);
                throw new InvalidOperationException("After the write.");
            },
            null,
            Token));
        await database.WriteAsync(
            LockScope.None,
            async session =>
            {
                await store.AddKeyAsync(session, run: 1, Entry(b, seq: 12));
                Assert.True(await runs.CompleteAsync(session, Run(1, b)));
            },
            Token);

        Assert.Equal(Row(7, 12), await database.WriteAsync(session => runs.FindAsync(session, b).AsTask(), null, Token));
    }

    [Fact]
    public async Task What_a_killed_process_left_of_a_run_gives_way_to_the_key_that_is_used_once_more()
    {
        var database = (await OpenAsync()).Database;
        var (store, runs) = (new IdempotencyRunStore(database), new IdempotencyRuns(database));
        var (expired, key) = (IdempotencyKey.Of(1, "a", Today - (2 * Day)), IdempotencyKey.Of(1, "a", Today));

        await database.WriteAsync(
            LockScope.None,
            async session =>
            {
                await store.AddKeyAsync(session, run: 1, Entry(expired, seq: 11));
                await store.AddKeyAsync(session, run: 1, Entry(key, seq: 12));
                await runs.CompleteAsync(session, Run(1, key));
            },
            Token);

        Assert.Equal(Row(7, 12), await database.WriteAsync(session => runs.FindAsync(session, key).AsTask(), null, Token));
    }

    [Fact]
    public async Task Runs_of_the_days_before_yesterday_are_removed_but_for_the_newest_and_their_keys_can_be_used()
    {
        var process = await OpenAsync();
        await process.FillAsync(LongLog);
        await process.Store.SweepAsync(Token);
        _time.Advance(TimeSpan.FromDays(2));
        await process.FillAsync(LongLog, sender: 2, Today + (2 * Day));
        await process.Store.SweepAsync(Token);
        await process.Store.SweepAsync(Token);

        Assert.Equal(1, await process.CountAsync("idempotency_runs"));
        Assert.Equal(1, await process.FindAsync(sender: 2, "0", Today + (3 * Day)));
        Assert.Null(await process.FindAsync(sender: 2, "0", Today + (4 * Day)));
        Assert.Null(await process.FindAsync(sender: 1, "0", Today + (2 * Day)));
        await process.AddAsync(sender: 1, "0", 99, Today + (2 * Day));
        Assert.Equal(99, await (await OpenAsync()).FindAsync(sender: 1, "0", Today + (2 * Day)));
    }

    [Fact]
    public void A_filter_knows_its_keys_and_few_others()
    {
        var keys = Enumerable.Range(0, 65_536).Select(i => Entry(IdempotencyKey.Of(1, $"{i}", Today), i)).ToList();
        var filter = new IdempotencyFilter(IdempotencyFilter.Of(keys).Bytes);

        Assert.All(keys, key => Assert.True(filter.MayHold(key.KeyHash)));
        var others = Enumerable.Range(0, 100_000).Count(i => filter.MayHold(IdempotencyKey.Of(1, $"other {i}", Today).Hash));
        Assert.InRange(others, 1, 500);
    }

    [Fact]
    public async Task Keys_of_the_days_before_yesterday_are_unknown_and_leave_the_log_but_for_the_newest()
    {
        var process = await OpenAsync();
        foreach (var name in (string[])["a", "b", "c"])
            await process.AddAsync(1, name, 1, Today - (2 * Day));

        Assert.Null(await process.FindAsync(1, "c"));
        Assert.Equal(1, await process.FindAsync(1, "c", Today - Day));
        await process.Store.SweepAsync(Token);

        Assert.Equal(1, await process.CountAsync("idempotency_log"));
        await process.AddAsync(1, "a", 2);
        await process.AddAsync(1, "c", 3);
        Assert.Equal([2, 3], [await process.FindAsync(1, "a"), await process.FindAsync(1, "c")]);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Index_finds_a_key_by_a_clock_that_is_up_to_a_day_away(int days, bool isFound)
    {
        var database = (await OpenAsync()).Database;
        var index = new IdempotencyIndexStore(database);
        await database.WriteAsync(LockScope.None, session => index.AddAsync(session, IdempotencyKey.Of(1, "a", Today), Row(7, 11)).AsTask(), Token);

        var found = await database.ReadAsync(session => index.FindAsync(session, IdempotencyKey.Of(1, "a", Today + (days * Day))).AsTask(), Token);

        Assert.Equal(isFound ? Row(7, 11) : null, found);
    }

    private static IdempotencyRow Row(long target, long seq) => new() { TargetKey = target, Seq = seq };

    private static IdempotencyEntry Entry(IdempotencyKey key, long seq) =>
        new() { UsedOn = key.Day, KeyHash = key.Hash, SenderKey = key.Sender, TargetKey = 7, Seq = seq };

    private static IdempotencyRun Run(long run, IdempotencyKey key) =>
        new() { Run = run, UsedOn = key.Day, Filter = IdempotencyFilter.Of([Entry(key, seq: 0)]).Bytes };

    private static async Task AssertAllAreFoundAsync(params Process[] processes)
    {
        foreach (var process in processes)
        {
            foreach (var i in new[] { 0, 1, 65_535, 65_536, 69_998, 69_999, 70_000, 100_000, LongLog - 1 })
                Assert.Equal(i + 1, await process.FindAsync(1, $"{i}"));
            Assert.Null(await process.FindAsync(sender: 2, "0"));
        }
    }

    private async Task<Process> OpenAsync() => new(await _databases.OpenAsync(), _time);

    /// <summary>What one process holds of the database that the test's processes share.</summary>
    private sealed class Process(IDatabase database, TimeProvider time)
    {
        public IDatabase Database => database;

        public IdempotencyStore Store { get; } = new(database, time);

        public Task AddAsync(long sender, string clientId, long seq, long now = Today) => database.WriteAsync(
            LockScope.None, session => Store.AddMessageAsync(session, sender, clientId, 7, seq, now).AsTask(), Token);

        public Task<long?> FindAsync(long sender, string clientId, long now = Today) => database.WriteAsync(
            async session => (await Store.FindAsync(session, sender, clientId, now))?.Seq, null, Token);

        public async Task FillAsync(int count, long sender = 1, long now = Today)
        {
            foreach (var chunk in Enumerable.Range(0, count).Chunk(10_000))
            {
                await database.WriteAsync(
                    LockScope.None,
                    async session =>
                    {
                        foreach (var i in chunk)
                            await Store.AddMessageAsync(session, sender, $"{i}", 7, i + 1, now);
                    },
                    Token);
            }
        }

        public Task<long> CountAsync(string table) =>
            database.ReadAsync(session => session.ScalarAsync<long>($"SELECT COUNT(*) FROM {table}"), Token);
    }
}
