using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>What a caller authenticates with.</summary>
public sealed record Credentials(string? Token = null, string? Key = null, string? Cookie = null)
{
    public static readonly Credentials None = new();

    /// <summary>Whatever else is sent in the header.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static readonly Credentials Service = new(Key: ServerSettings.ServiceKey);

    public static Credentials Of(Device device) => new(device.Account.Token);
}

/// <summary>An HTTP response, read to its end.</summary>
public sealed record HttpResult(HttpStatusCode Status, byte[] Content, HttpResponseHeaders Headers, MediaTypeHeaderValue? ContentType)
{
    public JsonElement Json => JsonElement.Parse(Content);

    /// <summary>The code of problem details.</summary>
    public string? Code => Content.Length > 0 && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public T Read<T>() => JsonSerializer.Deserialize<T>(Content, ContractJson.Default.Options)!;
}

/// <summary>The HTTP endpoints by hand: nothing is followed, kept or retried.</summary>
public static class Http
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private static readonly ConditionalWeakTable<ITestServer, Lazy<Task<Account>>> Moderators = [];

    /// <param name="server">Where.</param>
    /// <param name="method">The verb.</param>
    /// <param name="path">With its query.</param>
    /// <param name="pass">Who calls.</param>
    /// <param name="body">An object, sent as JSON; or bytes; or content as it is.</param>
    public static async Task<HttpResult> HttpAsync(this ITestServer server, string method, string path, Credentials pass, object? body = null)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(server.Address, path));
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            byte[] bytes => new ByteArrayContent(bytes),
            _ => JsonContent.Create(body, body.GetType(), options: ContractJson.Default.Options),
        };
        if (pass.Token is not null)
            request.Headers.Authorization = new("Bearer", pass.Token);
        if (pass.Key is not null)
            request.Headers.Add("X-Api-Key", pass.Key);
        if (pass.Cookie is not null)
            request.Headers.Add("Cookie", pass.Cookie);
        foreach (var (name, value) in pass.Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await Client.SendAsync(request, TestTimeouts.Token).SoonAsync();
        return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestTimeouts.Token), response.Headers, response.Content.Headers.ContentType);
    }

    /// <summary>The same, and it must be refused with this code.</summary>
    public static async Task<HttpResult> HttpRefusedAsync(
        this ITestServer server, string code, HttpStatusCode status, string method, string path, Credentials pass, object? body = null)
    {
        var answer = await server.HttpAsync(method, path, pass, body);
        Assert.Equal((status, code, "application/problem+json"), (answer.Status, answer.Code, answer.ContentType?.MediaType));
        return answer;
    }

    /// <summary>The pass of the server's one moderator.</summary>
    public static async Task<Credentials> ModeratorAsync(this ITestServer server) =>
        new((await Moderators.GetValue(server, key => new(() => BringModeratorAsync(key))).Value).Token);

    private static async Task<Account> BringModeratorAsync(ITestServer server)
    {
        var account = await Account.BringAsync(server, new() { Username = ServerSettings.Moderator, DisplayName = "Moderator" });
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", $"/api/directory/users/{account.Id}/roles/moderator", Credentials.Service)).Status);
        return account;
    }

    public static async Task<Ban> BanAsync(this ITestServer server, Device device, int? hours = null, string? reason = null)
    {
        var answer = await server.HttpAsync(
            "PUT", $"/api/moderation/bans/{device.Id}", await server.ModeratorAsync(), new BanInput { Hours = hours, Reason = reason });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Read<Ban>();
    }

    public static async Task LiftBanAsync(this ITestServer server, Device device) =>
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/moderation/bans/{device.Id}", await server.ModeratorAsync())).Status);

    public static async Task EraseAsync(this ITestServer server, Device device) =>
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{device.Id}", Credentials.Of(device), new EraseInput { Password = Account.Password })).Status);
}
