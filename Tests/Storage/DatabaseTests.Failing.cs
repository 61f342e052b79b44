using System.Data.Common;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Storage;

// Commands that fail, are refused or are cancelled.
public abstract partial class DatabaseTests
{
    [Fact]
    public async Task Command_that_throws_after_a_write_rolls_back_alone()
    {
        var database = await OpenAsync();
        var committed = new List<long>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                await database.WriteAsync(
                    async session =>
                    {
                        var value = await IncrementAsync(session);
                        return i % 10 == 0 ? throw new InvalidDataException("on purpose") : value;
                    },
                    committed.Add,
                    Token);
                return true;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }));

        Assert.Equal(180, outcomes.Count(succeeded => succeeded));
        Assert.Equal(180, await database.ReadAsync(ReadAsync, Token));
        Assert.Equal(Enumerable.Range(1, 180).Select(n => (long)n), committed);
    }

    [Fact]
    public async Task Refusal_writes_nothing_and_leaves_its_group_alone()
    {
        var database = await OpenAsync();

        var writes = Enumerable.Range(0, 100).Select(i => (Task)(i % 2 == 0
            ? database.WriteAsync(IncrementAsync, null, Token)
            : Assert.ThrowsAsync<InvalidDataException>(() => database.WriteAsync<long>(
                async session => throw new InvalidDataException($"refused at {await ReadAsync(session)}"), null, Token))));
        await Task.WhenAll(writes);

        Assert.Equal(50, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task A_broken_constraint_fails_its_own_command_alone()
    {
        var database = await OpenAsync();

        var writes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                await database.WriteAsync(
                    session => session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES (@name, 'x')", new { name = $"n{i % 25}" }),
                    null,
                    Token);
                return true;
            }
            catch (DbException)
            {
                return false;
            }
        }));

        Assert.Equal(25, writes.Count(succeeded => succeeded));
    }

    [Fact]
    public async Task A_callback_that_throws_harms_neither_its_commit_nor_later_ones()
    {
        var database = await OpenAsync();

        await database.WriteAsync(IncrementAsync, _ => throw new InvalidDataException("on purpose"), Token);

        Assert.Equal(2, await database.WriteAsync(IncrementAsync, null, Token));
    }

    [Fact]
    public async Task A_cancelled_command_that_has_not_begun_is_not_carried_out()
    {
        var database = await OpenAsync();
        using var release = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var blocking = database.WriteAsync(
            async session =>
            {
                release.Wait(Token);
                return await IncrementAsync(session);
            },
            null,
            Token);
        // SQLite: waits behind the one that blocks. A database with many writers may carry it out at once.
        var waiting = database.WriteAsync(IncrementAsync, null, cancellation.Token);

        await cancellation.CancelAsync();
        release.Set();

        await blocking.SoonAsync();
        var cancelled = await Record.ExceptionAsync(() => waiting.SoonAsync());
        Assert.True(cancelled is null or OperationCanceledException, $"{cancelled}");
        Assert.Equal(cancelled is null ? 2 : 1, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task A_token_cancelled_before_the_call_writes_nothing()
    {
        var database = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => database.WriteAsync(IncrementAsync, null, new CancellationToken(canceled: true)));

        Assert.Equal(0, await database.ReadAsync(ReadAsync, Token));
    }
}
