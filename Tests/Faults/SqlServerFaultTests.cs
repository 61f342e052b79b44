using System.Diagnostics;
using ChatHub.Server.Storage;
using ChatHub.Server.Storage.SqlServer;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Tds;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// The database layer on a SQL Server that answers as the real one does when something is wrong, by a proxy that answers in
/// its place. Where no SQL Server, and nothing of its kind, is given, these are skipped.
/// </summary>
public sealed class SqlServerFaultTests : IAsyncLifetime
{
    private const string Increment = "UPDATE server_state SET value";
    private const string Read = "SELECT value FROM server_state WHERE name = 'counter'";

    private readonly SqlServerTestDatabase _database = new();
    private readonly TdsProxy _proxy;
    private SqlServerDatabase _server = null!;

    public SqlServerFaultTests() => _proxy = new(SqlServerTestDatabase.Server.Host, SqlServerTestDatabase.Server.Port);

    private static CancellationToken Token => TestTimeouts.Token;

    public async ValueTask InitializeAsync()
    {
        _server = Create();
        await _server.InitializeAsync(Token);
        await _server.WriteAsync(
            LockScope.None, session => session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('counter', '0')"), null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _proxy.DisposeAsync();
        await _database.DropAsync();
    }

    [Theory]
    [InlineData(1205, 13)]
    [InlineData(1222, 16)]
    [InlineData(3906, 16)]
    [InlineData(1204, 19)]
    [InlineData(701, 17)]
    [InlineData(8645, 17)]
    [InlineData(10928, 16)]
    [InlineData(40613, 20)]
    public async Task A_command_that_fails_for_a_moment_runs_again_and_is_carried_out_once(int number, byte severity)
    {
        var rule = _proxy.On(request => request.Contains(Increment), Fail(number, severity), times: 2);
        var committed = 0;

        var value = await _server.WriteAsync(LockScope.None, IncrementAsync, _ => committed++, Token);

        Assert.Equal((2, 1, 1), (rule.Count, value, committed));
        Assert.Equal(1, await ReadAsync());
    }

    [Theory]
    [InlineData(1205, 13)]
    [InlineData(1222, 16)]
    [InlineData(701, 17)]
    [InlineData(8645, 17)]
    [InlineData(10928, 16)]
    [InlineData(40613, 20)]
    public async Task A_read_that_fails_for_a_moment_is_read_again(int number, byte severity)
    {
        var rule = _proxy.On(request => request.Contains(Read), Fail(number, severity), times: 2);

        Assert.Equal(0, await ReadAsync());

        Assert.Equal(2, rule.Count);
    }

    [Theory]
    [InlineData(4060, 11)]
    [InlineData(40613, 14)]
    public async Task A_login_that_is_refused_for_a_moment_is_tried_again(int number, byte severity)
    {
        _proxy.Cut();
        var rule = _proxy.On(request => request.Type == TdsMessageType.Login, Fail(number, severity), times: 3);

        Assert.Equal(0, await ReadAsync());
        Assert.Equal(1, await _server.WriteAsync(LockScope.None, IncrementAsync, null, Token));

        Assert.Equal(3, rule.Count);
    }

    [Fact]
    public async Task A_statement_that_is_never_answered_ends_at_its_time_out_and_runs_again()
    {
        using var impatient = Create(settings => settings.CommandTimeout = 1);
        await impatient.InitializeAsync(Token);
        var update = _proxy.On(request => request.Contains(Increment), TdsAction.Ignore(), times: 1);
        var read = _proxy.On(request => request.Contains(Read) && update.Count == 1, TdsAction.Ignore(), times: 1);

        Assert.Equal(1, await impatient.WriteAsync(LockScope.None, IncrementAsync, null, Token));

        Assert.Equal((1, 1), (update.Count, read.Count));
        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task After_a_failover_no_connection_of_the_pool_leads_to_the_old_primary()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync()));
        var before = _proxy.Accepted;
        // Every connection that is open now leads to what is read-only from now on.
        var rule = _proxy.On(request => request.Contains(Increment) && request.Connection <= before, Fail(3906, 16));

        Assert.Equal(1, await _server.WriteAsync(LockScope.None, IncrementAsync, null, Token));

        Assert.Equal(1, rule.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_that_breaks_has_an_unknown_outcome_and_is_not_run_again(bool carriedOut)
    {
        var rule = _proxy.On(IsCommit, carriedOut ? TdsAction.CutAfterwards() : TdsAction.Cut(), times: 1);
        var committed = 0;

        await Assert.ThrowsAsync<UnknownOutcomeException>(() => _server.WriteAsync(LockScope.None, IncrementAsync, _ => committed++, Token));

        Assert.Equal((1, 0), (rule.Count, committed));
        Assert.Equal(carriedOut ? 1 : 0, await ReadAsync());
    }

    [Fact]
    public async Task A_commit_that_is_never_answered_has_an_unknown_outcome()
    {
        using var impatient = Create(settings => settings.CommandTimeout = 1);
        await impatient.InitializeAsync(Token);
        _proxy.On(IsCommit, TdsAction.Ignore(), times: 1);

        await Assert.ThrowsAsync<UnknownOutcomeException>(() => impatient.WriteAsync(LockScope.None, IncrementAsync, null, Token));

        Assert.Equal(0, await ReadAsync());
    }

    [Theory]
    [InlineData(1205, 13)]
    [InlineData(3902, 16)]
    public async Task A_commit_that_the_server_rolled_back_runs_again(int number, byte severity)
    {
        var rule = _proxy.On(IsCommit, Fail(number, severity), times: 2);
        var committed = 0;

        Assert.Equal(1, await _server.WriteAsync(LockScope.None, IncrementAsync, _ => committed++, Token));

        Assert.Equal((2, 1), (rule.Count, committed));
        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task A_fault_that_stays_fails_at_once()
    {
        var rule = _proxy.On(request => request.Contains(Increment), Fail(208, 16));

        await Assert.ThrowsAsync<SqlException>(() => _server.WriteAsync(LockScope.None, IncrementAsync, null, Token));

        Assert.Equal(1, rule.Count);
        Assert.Equal(0, await ReadAsync());
    }

    [Fact]
    public async Task A_failover_of_30_seconds_is_bridged_by_commands_reads_and_starts()
    {
        await _proxy.TakeDownAsync();
        var began = Stopwatch.StartNew();
        using var another = Create();
        var write = Task.Run(() => _server.WriteAsync(LockScope.None, IncrementAsync, null, Token), Token);
        var read = Task.Run(ReadAsync, Token);
        var start = Task.Run(() => another.InitializeAsync(Token), Token);

        // The failover itself: nothing can be awaited that ends with it.
        var failover = Task.Delay(TimeSpan.FromSeconds(30), Token);
        var first = await Task.WhenAny(failover, write, read, start);
        Assert.True(first == failover, $"It ended during the failover: {first.Exception}");
        _proxy.BringUp();

        Assert.Equal(1, await write.SoonAsync());
        Assert.InRange(await read.SoonAsync(), 0, 1);
        await start.SoonAsync();
        Assert.Equal(_server.Epoch, another.Epoch);
        Assert.InRange(began.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_outage_that_lasts_is_unavailable_in_bounded_time_however_many_wait()
    {
        await _proxy.TakeDownAsync();
        var began = Stopwatch.StartNew();

        // A pool opens its connections one by one, and an attempt takes 15 s: without a bound the last would wait for 20 minutes.
        var waiting = Enumerable.Range(0, 80).Select(i => Task.Run(
            () => i % 2 == 0 ? ReadAsync() : _server.WriteAsync(LockScope.None, IncrementAsync, null, Token), Token));
        var ended = await Task.WhenAll(waiting.Select(one => Record.ExceptionAsync(() => one).AsTask()));

        Assert.All(ended, one => Assert.IsType<StorageUnavailableException>(one));
        Assert.InRange(began.Elapsed, RetrySchedule.Limit, 2 * RetrySchedule.Limit);
        _proxy.BringUp();
        Assert.Equal(0, await ReadAsync());
    }

    private SqlServerDatabase Create(Action<SqlConnectionStringBuilder>? adjust = null) =>
        new(_database.ConnectionStringBy(_proxy.Port, adjust), TimeProvider.System, NullLogger<SqlServerDatabase>.Instance);

    private static TdsAction Fail(int number, byte severity) => TdsAction.Fail(new TdsError(number, severity, 1, "chosen by the test"));

    private static bool IsCommit(TdsRequest request) => request.Text.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);

    private Task<long> ReadAsync() => _server.ReadAsync(session => session.ScalarAsync<long>(Read), Token);

    private static async Task<long> IncrementAsync(DbSession session)
    {
        var next = await session.ScalarAsync<long>(Read) + 1;
        await session.ExecuteAsync($"{Increment} = @value WHERE name = 'counter'", new { value = $"{next}" });
        return next;
    }
}
