using ChatHub.Tests.Infrastructure;
using Microsoft.Data.SqlClient;
using Xunit;

namespace ChatHub.Tests.Tds;

/// <summary>The proxy itself, between the real client and a fake server: these run everywhere.</summary>
public sealed class TdsProxyTests : IAsyncDisposable
{
    private static readonly TdsError Deadlock = new(1205, 13, 51, "chosen as the deadlock victim");

    private readonly FakeTdsServer _server = new();
    private readonly TdsProxy _proxy;

    public TdsProxyTests() => _proxy = new("127.0.0.1", _server.Port);

    private static CancellationToken Token => TestTimeouts.Token;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Batches_calls_and_transactions_are_read_and_handed_on()
    {
        await using var connection = await OpenAsync();
        var longText = $"UPDATE t SET text = '{new string('x', 20_000)}'";

        await ExecuteAsync(connection, "UPDATE t SET a = 1");
        await ExecuteAsync(connection, "UPDATE t SET a = @a", ("a", 1));
        await ExecuteAsync(connection, longText);
        await ExecuteAsync(connection, longText + " WHERE a = @a", ("a", 1));
        await using (var transaction = (SqlTransaction)await connection.BeginTransactionAsync(Token))
            await transaction.CommitAsync(Token);

        string[] expected =
        [
            "chathub", "UPDATE t SET a = 1", "UPDATE t SET a = @a", longText, longText + " WHERE a = @a", "BEGIN TRANSACTION", "COMMIT TRANSACTION",
        ];
        Assert.Equal(expected, _proxy.Requests.Select(request => request.Text));
        Assert.Equal(expected[1..], _server.CarriedOut);
        Assert.Equal(TdsMessageType.SqlBatch, _proxy.Requests.ElementAt(1).Type);
        Assert.Equal(TdsMessageType.Rpc, _proxy.Requests.ElementAt(2).Type);
    }

    [Fact]
    public async Task A_result_comes_through()
    {
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, "UPDATE t SET a = 1");

        Assert.Equal(1, await CountAsync(connection));
    }

    [Fact]
    public async Task A_chosen_statement_fails_with_the_chosen_errors_as_often_as_chosen()
    {
        await using var connection = await OpenAsync();
        var rule = _proxy.On(request => request.Contains("INTO t"), TdsAction.Fail(Deadlock, new(3999, 16, 7, "and another")), times: 2);

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<SqlException>(() => ExecuteAsync(connection, "INSERT INTO t VALUES (1)"));
            Assert.Equal((1205, 13, 51), (error.Number, error.Class, error.State));
            Assert.Equal([1205, 3999], error.Errors.Cast<SqlError>().Select(one => one.Number));
            Assert.Contains("chosen as the deadlock victim", error.Message, StringComparison.Ordinal);
            await ExecuteAsync(connection, "UPDATE t SET a = 1");
        }

        await ExecuteAsync(connection, "INSERT INTO t VALUES (1)");

        Assert.Equal(2, rule.Count);
        await rule.Used;
        // The server has rolled back each time, and carried out the third.
        const string rolledBack = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION";
        Assert.Equal([rolledBack, "UPDATE t SET a = 1", rolledBack, "UPDATE t SET a = 1", "INSERT INTO t VALUES (1)"], _server.CarriedOut);
    }

    [Fact]
    public async Task An_error_of_class_20_ends_the_connection()
    {
        await using var connection = await OpenAsync();
        _proxy.On(request => request.Contains("UPDATE"), TdsAction.Fail(new TdsError(40613, 20, 1, "not currently available")));

        var error = await Assert.ThrowsAsync<SqlException>(() => ExecuteAsync(connection, "UPDATE t SET a = 1"));

        Assert.Equal((40613, 20), (error.Number, error.Class));
        Assert.NotEqual(System.Data.ConnectionState.Open, connection.State);
    }

    [Fact]
    public async Task A_login_fails_by_the_database_it_names()
    {
        _proxy.On(request => request.Type == TdsMessageType.Login && request.Text == "chathub", TdsAction.Fail(new TdsError(4060, 11, 1, "cannot open")));

        var error = await Assert.ThrowsAsync<SqlException>(() => OpenAsync());

        Assert.Equal(4060, error.Number);
        await using var other = await OpenAsync(settings => settings.InitialCatalog = "master");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_is_cut_before_or_after_the_server_carried_it_out(bool afterwards)
    {
        await using var connection = await OpenAsync();
        _proxy.On(request => request.Contains("COMMIT"), afterwards ? TdsAction.CutAfterwards() : TdsAction.Cut());

        var error = await Assert.ThrowsAsync<SqlException>(() => ExecuteAsync(connection, "COMMIT TRANSACTION;"));

        Assert.True(error.Class >= 20);
        Assert.Equal(afterwards, _server.CarriedOut.Contains("COMMIT TRANSACTION;"));
    }

    [Fact]
    public async Task An_ignored_statement_runs_into_the_clients_time_out_and_the_connection_goes_on()
    {
        await using var connection = await OpenAsync(settings => settings.CommandTimeout = 1);
        _proxy.On(request => request.Contains("UPDATE"), TdsAction.Ignore(), times: 1);

        var error = await Assert.ThrowsAsync<SqlException>(() => ExecuteAsync(connection, "UPDATE t SET a = 1"));

        Assert.Equal(-2, error.Number);
        Assert.Empty(_server.CarriedOut);
        await ExecuteAsync(connection, "UPDATE t SET a = 2");
    }

    [Fact]
    public async Task A_held_statement_goes_on_when_it_is_released()
    {
        await using var connection = await OpenAsync();
        var release = new TaskCompletionSource();
        var rule = _proxy.On(request => request.Contains("UPDATE"), TdsAction.HoldUntil(release.Task), times: 1);

        var update = ExecuteAsync(connection, "UPDATE t SET a = 1");
        await rule.Used.WaitAsync(Token);
        Assert.Empty(_server.CarriedOut);
        release.SetResult();
        await update;

        Assert.Single(_server.CarriedOut);
    }

    [Fact]
    public async Task A_rewritten_batch_is_what_the_server_carries_out()
    {
        await using var connection = await OpenAsync();
        _proxy.On(request => request.Contains("sys.databases"), TdsAction.Rewrite(sql => sql.Replace("is_on", "0", StringComparison.Ordinal)));

        await ExecuteAsync(connection, "SELECT is_on FROM sys.databases");

        Assert.Equal("SELECT 0 FROM sys.databases", Assert.Single(_server.CarriedOut));
    }

    [Fact]
    public async Task A_proxy_that_is_down_refuses_connections()
    {
        await using var before = await OpenAsync();

        await _proxy.TakeDownAsync();
        await Assert.ThrowsAsync<SqlException>(() => ExecuteAsync(before, "UPDATE t SET a = 1"));
        await Assert.ThrowsAsync<SqlException>(() => OpenAsync());
        _proxy.BringUp();

        await using var after = await OpenAsync();
        await ExecuteAsync(after, "UPDATE t SET a = 2");
        Assert.Equal("UPDATE t SET a = 2", Assert.Single(_server.CarriedOut));
    }

    [Fact]
    public async Task A_message_of_many_packets_is_read_as_it_was_written()
    {
        var message = new TdsMessage(TdsMessageType.SqlBatch, 0x08, [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)]);
        using var stream = new MemoryStream();

        await message.WriteAsync(stream, Token);
        await (message with { Payload = [] }).WriteAsync(stream, Token);
        stream.Position = 0;

        var read = await TdsMessage.ReadAsync(stream, Token);
        Assert.Equal((message.Type, message.Status), (read!.Type, read.Status));
        Assert.Equal(message.Payload, read.Payload);
        Assert.Empty((await TdsMessage.ReadAsync(stream, Token))!.Payload);
        Assert.Null(await TdsMessage.ReadAsync(stream, Token));
    }

    [Fact]
    public async Task A_message_goes_on_in_packets_of_the_size_in_which_it_came()
    {
        var message = new TdsMessage(TdsMessageType.TabularResult, 0, new byte[20_000]) { PacketSize = 8_000 };
        using var came = new MemoryStream();
        await message.WriteAsync(came, Token);
        came.Position = 0;

        using var went = new MemoryStream();
        await (await TdsMessage.ReadAsync(came, Token))!.WriteAsync(went, Token);

        Assert.Equal(20_000 + (3 * 8), went.Length);
        Assert.Equal(came.ToArray(), went.ToArray());
    }

    [Fact]
    public void A_prelogin_says_that_nothing_can_be_encrypted()
    {
        byte[] offered = [0x00, 0, 11, 0, 6, 0x01, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 0x01];

        var clear = Prelogin.InClear(new(TdsMessageType.Prelogin, 0, offered)).Payload;

        Assert.Equal(0x02, clear[17]);
        Assert.Equal(offered[..17], clear[..17]);
    }

    private async Task<SqlConnection> OpenAsync(Action<SqlConnectionStringBuilder>? adjust = null)
    {
        var settings = new SqlConnectionStringBuilder
        {
            DataSource = $"127.0.0.1,{_proxy.Port}",
            InitialCatalog = "chathub",
            UserID = "sa",
            Password = "not checked",
            Encrypt = SqlConnectionEncryptOption.Optional,
            Pooling = false,
            ConnectTimeout = 5,
            ConnectRetryCount = 0,
        };
        adjust?.Invoke(settings);
        var connection = new SqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    private static async Task ExecuteAsync(SqlConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = new SqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<int> CountAsync(SqlConnection connection)
    {
        await using var command = new SqlCommand("SELECT COUNT(*) FROM t", connection);
        return (int)(await command.ExecuteScalarAsync(Token))!;
    }
}
