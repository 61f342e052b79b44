using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Model;

/// <summary>The moderator and the host application of a model's server.</summary>
internal sealed class Operator : IDisposable
{
    private readonly HttpClient _http;

    private Operator(HttpClient http) => _http = http;

    /// <summary>Brings the moderator.</summary>
    public static async Task SignUpAsync(ITestServer server) => await server.ModeratorAsync();

    public static async Task<Operator> SignInAsync(ITestServer server)
    {
        var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await server.ModeratorAsync()).Token);
        return new(http);
    }

    public async Task<object?> BanAsync(string userId, BanInput input) =>
        await SendAsync(HttpMethod.Put, $"api/moderation/bans/{userId}", JsonContent.Create(input, ContractJson.Default.BanInput), ContractJson.Default.Ban);

    public Task<object?> LiftAsync(string userId) => SendAsync<Ban>(HttpMethod.Delete, $"api/moderation/bans/{userId}", null, null);

    public async Task<object?> PutAsync(string userId, DirectoryUserInput input) =>
        await SendAsync(HttpMethod.Put, $"api/directory/users/{userId}", JsonContent.Create(input, ContractJson.Default.DirectoryUserInput), ContractJson.Default.UserCard);

    public Task<object?> EraseAsync(string userId) => SendAsync<UserCard>(HttpMethod.Delete, $"api/directory/users/{userId}", null, null);

    public void Dispose() => _http.Dispose();

    private async Task<object?> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T>? answer)
        where T : class
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        // The key speaks for the service, so that a moderator's call goes without it.
        if (path.StartsWith("api/directory", StringComparison.Ordinal))
            request.Headers.Add("X-Api-Key", ServerSettings.ServiceKey);
        using var response = await _http.SendAsync(request, TestTimeouts.Token).SoonAsync(path);
        if (!response.IsSuccessStatusCode)
        {
            var problem = (await response.Content.ReadFromJsonAsync(ContractJson.Default.Problem, TestTimeouts.Token))!;
            throw new ChatHubException(problem.Code, problem.Title, problem.RetryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null);
        }

        return answer is null ? null : await response.Content.ReadFromJsonAsync(answer, TestTimeouts.Token);
    }
}
