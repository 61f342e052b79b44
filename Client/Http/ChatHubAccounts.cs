using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Client.Http;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>Signing up and in, over HTTP. The session's access token is what <see cref="ChatHubClientOptions.AccessTokenProvider"/> gives.</summary>
/// <param name="http">Its base address is the server's; it stays the caller's to dispose.</param>
public sealed class ChatHubAccounts(HttpClient http)
{
    /// <summary>Makes an account and signs it in.</summary>
    /// <exception cref="ChatHubException"><c>username_taken</c>, <c>invalid_argument</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no answer, or none of a ChatHub server that keeps accounts.</exception>
    public Task<Session> SignUpAsync(SignUpInput input, CancellationToken cancellationToken = default) =>
        PostAsync("api/accounts", input, ContractJson.Default.SignUpInput, cancellationToken);

    /// <exception cref="ChatHubException"><c>invalid_credentials</c>, <c>invalid_argument</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no answer, or none of a ChatHub server that keeps accounts.</exception>
    public Task<Session> SignInAsync(SignInInput input, CancellationToken cancellationToken = default) =>
        PostAsync("api/sessions", input, ContractJson.Default.SignInInput, cancellationToken);

    private async Task<Session> PostAsync<T>(string path, T input, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            using var response = await http.PostAsJsonAsync(path, input, shape, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await HttpRefusal.ReadAsync(response, cancellationToken).ConfigureAwait(false);

            return await response.Content.ReadFromJsonAsync(ContractJson.Default.Session, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The answer is empty.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ChatHubUnreachableException($"The server did not answer: {e.GetBaseException().Message}", e);
        }
    }
}
