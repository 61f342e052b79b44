using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Signing up and in, health, and who may not come in.</summary>
public sealed class AuthenticationTests(SharedServer server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Account_signs_in_whatever_the_case_of_the_name()
    {
        var account = await Account.SignUpAsync(server, "alice");

        var session = await new ChatHubAccounts(_http).SignInAsync(
            new() { Username = account.Username.ToUpperInvariant(), Password = Account.Password }, TestTimeouts.Token);

        Assert.Equal(account.Session.User, session.User);
        Assert.True(session.ExpiresAt > DateTimeOffset.UtcNow.AddMinutes(59));
    }

    [Fact]
    public async Task A_taken_name_is_taken_in_any_case_even_at_the_same_instant()
    {
        var name = Account.UniqueName("taken");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
            (await PostAsync("api/accounts", SignUp(i % 2 == 0 ? name : name.ToUpperInvariant()))).StatusCode));

        Assert.Single(statuses, HttpStatusCode.Created);
        Assert.Equal(7, statuses.Count(status => status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_the_same_refusal()
    {
        var account = await Account.SignUpAsync(server, "alice");

        var wrong = await ProblemAsync("api/sessions", $$"""{"username":"{{account.Username}}","password":"wrong password"}""");
        var unknown = await ProblemAsync("api/sessions", """{"username":"unknown.here","password":"wrong password"}""");

        Assert.Equal((401, ErrorCodes.InvalidCredentials), (wrong.Status, wrong.Code));
        Assert.Equal(wrong, unknown);
    }

    [Theory]
    [InlineData("""{"username":"ab","password":"12345678","birthDate":"1990-01-01"}""", "username")]
    [InlineData("""{"password":"12345678","birthDate":"1990-01-01"}""", "username")]
    [InlineData("""{"username":"valid_name","password":"1234567","birthDate":"1990-01-01"}""", "password")]
    [InlineData("""{"username":"valid_name","password":"12345678"}""", "birthDate")]
    [InlineData("""{"username":"valid_name","password":"12345678","birthDate":"2990-01-01"}""", "birthDate")]
    [InlineData("""{"username":"valid_name","password":"12345678","birthDate":"1990-01-01","displayName":" "}""", "displayName")]
    [InlineData("""{"username":"valid_name","password":"12345678","birthDate":"1990-01-01","displayName":"a\u0000b"}""", "displayName")]
    [InlineData("""{"username":1,"password":"12345678","birthDate":"1990-01-01"}""", "username")]
    [InlineData("""{"username":"valid_name","password":"\ud83dxxxxxxxx","birthDate":"1990-01-01"}""", "password")]
    [InlineData("null", null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData("{", null)]
    [InlineData("no json", null)]
    public async Task A_bad_sign_up_is_a_problem_that_names_the_field(string body, string? field)
    {
        var problem = await ProblemAsync("api/accounts", body);

        Assert.Equal((400, ErrorCodes.InvalidArgument), (problem.Status, problem.Code));
        if (field is not null)
            Assert.Contains(field, problem.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", 2)]
    [InlineData("application/json; charset=bogus", 2)]
    [InlineData("application/json; charset=utf-16", 2)]
    [InlineData("application/json", 600_000)]
    public async Task A_body_that_is_not_sent_as_json_or_is_too_large_is_an_invalid_argument(string contentType, int length)
    {
        using var content = new ByteArrayContent([(byte)'{', .. Enumerable.Repeat((byte)' ', length - 2), (byte)'}']);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await _http.PostAsync("api/sessions", content, TestTimeouts.Token);

        Assert.Equal(ErrorCodes.InvalidArgument, (await ReadProblemAsync(response)).Code);
    }

    [Fact]
    public async Task Health_endpoints_report_live_and_ready()
    {
        var live = await _http.GetFromJsonAsync("health/live", ContractJson.Default.Health, TestTimeouts.Token);
        var ready = (await server.HealthAsync()).Read<Health>();

        Assert.Equal("ok", live!.Status);
        Assert.Equal(("ok", "ok"), (ready.Status, ready.Dependencies["database"]));
    }

    [Fact]
    public async Task Hub_refuses_missing_and_invalid_tokens()
    {
        var account = await Account.SignUpAsync(server, "alice");
        var tokens = new Dictionary<string, string?>
        {
            ["none"] = null,
            ["no token at all"] = "abc",
            ["changed"] = account.Token[..^3] + (account.Token.EndsWith("AAA", StringComparison.Ordinal) ? "BBB" : "AAA"),
            ["expired"] = TestTokens.Make(account.Id, DateTimeOffset.UtcNow.AddSeconds(-61)),
            ["of another key"] = TestTokens.Make(account.Id, DateTimeOffset.UtcNow.AddHours(1), key: new string('k', 40)),
            ["of another issuer"] = TestTokens.Make(account.Id, DateTimeOffset.UtcNow.AddHours(1), issuer: "elsewhere"),
            ["unsigned"] = TestTokens.WithoutSignature(account.Id),
            ["of an unknown user"] = TestTokens.Make("unknown", DateTimeOffset.UtcNow.AddHours(1)),
        };

        foreach (var (kind, token) in tokens)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Limits.HubPath}/negotiate?negotiateVersion=1");
            if (token is not null)
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            using var response = await _http.SendAsync(request, TestTimeouts.Token);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{kind}: {response.StatusCode}");
            Assert.Equal(ErrorCodes.Unauthenticated, (await ReadProblemAsync(response)).Code);
            await Assert.ThrowsAsync<WebSocketException>(() => RawHub.ConnectAsync(server, token ?? ""));
        }
    }

    [Fact]
    public async Task Query_token_is_accepted_by_the_hub_alone()
    {
        var account = await Account.SignUpAsync(server, "alice");

        using var hub = await RawHub.ConnectAsync(server, account.Token);

        Assert.Equal(account.Id, (await hub.InvokeAsync("GetMe", "{}")).GetProperty("result").GetProperty("user").GetProperty("userId").GetString());
    }

    [Fact]
    public async Task A_connection_is_closed_60_s_after_its_token_expires()
    {
        var account = await Account.SignUpAsync(server, "alice");
        using var hub = await RawHub.ConnectAsync(server, TestTokens.Make(account.Id, DateTimeOffset.UtcNow.AddSeconds(-50)));

        while (await hub.ReceiveAsync() is { } message)
            Assert.NotEqual(3, message.GetProperty("type").GetInt32());
    }

    private static string SignUp(string name) =>
        JsonSerializer.Serialize(
            new() { Username = name, Password = Account.Password, BirthDate = "1990-01-01" }, ContractJson.Default.SignUpInput);

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.PostAsync(path, content, TestTimeouts.Token);
    }

    private async Task<Problem> ProblemAsync(string path, string body)
    {
        using var response = await PostAsync(path, body);
        return await ReadProblemAsync(response);
    }

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync(ContractJson.Default.Problem, TestTimeouts.Token))!;
        Assert.Equal((int)response.StatusCode, problem.Status);
        return problem;
    }
}
