using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using ChatHub.Contracts;
using ChatHub.Server.Storage.SqlServer;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Tds;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// What callers see of a SQL Server that is away for longer than is bridged: unavailable, and nothing was done. Of a commit
/// whose outcome is unknown: internal_error, because it may have been carried out.
/// </summary>
public sealed class SqlServerOutageTests : IAsyncDisposable
{
    private readonly SqlServerTestDatabase _database = new();
    private readonly TdsProxy _proxy;
    private readonly HttpClient _http = new();

    public SqlServerOutageTests() => _proxy = new(SqlServerTestDatabase.Server.Host, SqlServerTestDatabase.Server.Port);

    private static CancellationToken Token => TestTimeouts.Token;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _proxy.DisposeAsync();
        await _database.DropAsync();
    }

    [Fact]
    public async Task An_outage_that_lasts_is_unavailable_to_callers_and_does_nothing()
    {
        await using var server = await StartAsync();
        await using var chat = await server.OpenChatAsync();
        await _proxy.TakeDownAsync();
        var began = Stopwatch.StartNew();

        // Both wait for as long as a failover is bridged.
        var signUp = SignUpAsync(server, NewAccount());
        var refused = await Assert.ThrowsAsync<ChatHubException>(() => chat.Alice.SayAsync(chat.Id, "Lost?", "once"));
        using var response = await signUp;

        Assert.InRange(began.Elapsed, RetrySchedule.Limit, 2 * RetrySchedule.Limit);
        Assert.Equal(ErrorCodes.Unavailable, refused.Code);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, ErrorCodes.Unavailable), (response.StatusCode, await CodeAsync(response)));
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Single(server.Log.Text.Split('\n'), line => line.Contains("callers get unavailable", StringComparison.Ordinal));

        _proxy.BringUp();
        var again = await chat.Alice.SayAsync(chat.Id, "Lost?", "once");
        Assert.Equal(2, again.Message.Seq);
        Assert.True(again.Version > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_up_whose_commit_broke_is_internal_error_and_the_next_one_settles_it(bool carriedOut)
    {
        await using var server = await StartAsync();
        var account = NewAccount();
        var inserting = 0;
        var rule = _proxy.On(
            request =>
            {
                if (request.Contains("INSERT INTO users"))
                    Interlocked.CompareExchange(ref inserting, request.Connection, 0);
                return request.Connection == inserting && request.Text.StartsWith("COMMIT", StringComparison.Ordinal);
            },
            carriedOut ? TdsAction.CutAfterwards() : TdsAction.Cut(),
            times: 1);

        using var broken = await SignUpAsync(server, account);
        using var again = await SignUpAsync(server, account);

        Assert.Equal(1, rule.Count);
        Assert.Equal((HttpStatusCode.InternalServerError, ErrorCodes.InternalError), (broken.StatusCode, await CodeAsync(broken)));
        Assert.Null(broken.Headers.RetryAfter);
        Assert.Equal(carriedOut ? HttpStatusCode.Conflict : HttpStatusCode.Created, again.StatusCode);
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        ("Storage:Provider", "SqlServer"), ("Storage:ConnectionString", _database.ConnectionStringBy(_proxy.Port)));

    private Task<HttpResponseMessage> SignUpAsync(ServerProcess server, SignUpInput account) =>
        _http.PostAsJsonAsync(new Uri(server.Address, "/api/accounts"), account, ContractJson.Default.SignUpInput, Token);

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync(ContractJson.Default.Problem, Token))?.Code;

    private static SignUpInput NewAccount() =>
        new() { Username = Account.UniqueName("n"), Password = Account.Password, BirthDate = "1990-01-01" };
}
