using ChatHub.Server.Storage;
using ChatHub.Server.Storage.SqlServer;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Tds;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Starting on a database whose options are as on a fresh SQL Server, which nothing of its kind shows by itself: the proxy
/// lies about them, and refuses what SQL Server refuses.
/// </summary>
public sealed class SqlServerOptionTests : IAsyncDisposable
{
    private const int NotVersioned = 3006;

    private static readonly TdsError[] Refused =
    [
        new(5083, 16, 1, "The termination option is not supported when making versioning state changes."),
        new(5069, 16, 1, "ALTER DATABASE statement failed."),
    ];

    private readonly SqlServerTestDatabase _database = new();
    private readonly TdsProxy _proxy;
    private readonly ListLogger<SqlServerDatabase> _log = new();

    public SqlServerOptionTests() => _proxy = new(SqlServerTestDatabase.Server.Host, SqlServerTestDatabase.Server.Port);

    private static CancellationToken Token => TestTimeouts.Token;

    private string[] Alterations => [.. _proxy.Requests.Where(request => request.Contains("ALTER DATABASE")).Select(request => request.Text)];

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _database.DropAsync();
    }

    [Theory]
    [InlineData(3952)]
    [InlineData(3956)]
    public async Task A_database_without_snapshot_isolation_serves_reads(int number)
    {
        _proxy.On(request => request.Contains("ALLOW_SNAPSHOT_ISOLATION"), TdsAction.Fail(Refused));
        _proxy.On(request => request.Contains("ISOLATION LEVEL SNAPSHOT"), TdsAction.Fail(new TdsError(number, 16, 1, "snapshot isolation is not allowed")));

        using var server = await StartAsync();
        Assert.Equal(server.Epoch, await EpochAsync(server));

        // It neither asks for it nor reads by it.
        Assert.DoesNotContain(_proxy.Requests, request => request.Contains("SNAPSHOT_ISOLATION") || request.Contains("LEVEL SNAPSHOT"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("NULL")]
    [InlineData("2")]
    public async Task READ_COMMITTED_SNAPSHOT_that_is_not_on_is_one_warning_with_the_command_and_reads_go_on(string state)
    {
        (await StartAsync()).Dispose();
        Lie(state);
        _proxy.On(request => request.Contains("ALTER DATABASE"), TdsAction.Fail(new TdsError(5070, 16, 2, "Database state cannot be changed while other users are using the database"), Refused[1]));
        var asked = Alterations.Length;

        using var server = await StartAsync();

        var (level, _, message) = Assert.Single(_log.Entries, entry => entry.Id == NotVersioned);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains($"ALTER DATABASE [{_database.Name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE", message, StringComparison.Ordinal);
        Assert.Contains("while other users are using", message, StringComparison.Ordinal);
        // What was there before is not taken from its users.
        Assert.Equal("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT", Assert.Single(Alterations[asked..]));

        Assert.Equal(server.Epoch, await EpochAsync(server));
        // Such a read waits for locks, and not without end.
        Assert.Contains(_proxy.Requests, request => request.Text.StartsWith("SET LOCK_TIMEOUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_this_start_creates_gets_READ_COMMITTED_SNAPSHOT_even_while_others_are_connected()
    {
        _proxy.On(request => request.Contains("ALTER DATABASE"), TdsAction.Rewrite(_ => "SELECT 1"));

        using var server = await StartAsync();

        Assert.Equal($"ALTER DATABASE [{_database.Name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE", Assert.Single(Alterations));
        Assert.DoesNotContain(_log.Entries, entry => entry.Id == NotVersioned);
    }

    [Fact]
    public async Task An_option_that_can_be_switched_on_is_no_warning()
    {
        (await StartAsync()).Dispose();
        // Off as long as it was not switched on: it is read twice before, and once after.
        var lie = Lie("0", times: 2);
        _proxy.On(request => request.Contains("ALTER DATABASE"), TdsAction.Rewrite(_ => "SELECT 1"));

        using var server = await StartAsync();

        await lie.Used.SoonAsync();
        Assert.Equal("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT", Alterations[^1]);
        Assert.DoesNotContain(_log.Entries, entry => entry.Id == NotVersioned);
    }

    [Fact]
    public async Task A_database_that_another_instance_creates_meanwhile_is_used()
    {
        var another = _proxy.On(
            request => request.Text.StartsWith("CREATE DATABASE", StringComparison.Ordinal),
            TdsAction.Fail(new TdsError(1801, 16, 3, "Database already exists.")),
            times: 1);

        using var server = await StartAsync();

        // It was not there yet: it asks again.
        Assert.Equal(1, another.Count);
        Assert.Equal(server.Epoch, await EpochAsync(server));
    }

    [Fact]
    public async Task A_login_that_is_refused_ends_the_start_at_once()
    {
        var rule = _proxy.On(request => request.Type == TdsMessageType.Login, TdsAction.Fail(new TdsError(18456, 14, 1, "Login failed for user 'chathub'.")));

        var refused = await Assert.ThrowsAsync<StorageException>(StartAsync);

        Assert.Contains("Login failed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, rule.Count);
    }

    [Theory]
    [InlineData(4060, 11)]
    [InlineData(40613, 14)]
    public async Task A_start_bridges_a_database_that_is_not_open_yet(int number, byte severity)
    {
        (await StartAsync()).Dispose();
        var rule = _proxy.On(request => request.Type == TdsMessageType.Login && request.Text == _database.Name, TdsAction.Fail(new TdsError(number, severity, 1, "not open yet")), times: 6);

        using var server = await StartAsync();

        Assert.Equal(6, rule.Count);
        Assert.Contains(_log.Entries, entry => entry.Message.Contains("cannot be used yet", StringComparison.Ordinal));
    }

    private async Task<SqlServerDatabase> StartAsync()
    {
        var server = new SqlServerDatabase(_database.ConnectionStringBy(_proxy.Port), TimeProvider.System, _log);
        await server.InitializeAsync(Token);
        return server;
    }

    private TdsRule Lie(string state, int times = int.MaxValue) => _proxy.On(
        request => request.Contains("is_read_committed_snapshot_on"),
        TdsAction.Rewrite(sql => sql.Replace("CAST(is_read_committed_snapshot_on AS INT)", state, StringComparison.Ordinal)),
        times);

    private static async Task<string?> EpochAsync(SqlServerDatabase server) =>
        await server.ReadAsync(session => session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'epoch'"), Token);
}
