using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Client.Http;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// Signing up, in and out, over HTTP. The session's access token is what <see cref="ChatHubClientOptions.AccessTokenProvider"/>
/// gives; it is good until <see cref="Session.ExpiresAt"/>.
/// </summary>
/// <param name="http">
/// Its base address is the server's. Its handler keeps cookies, as it does by default: <see cref="RefreshAsync"/> needs the
/// one that signing in has brought. It stays the caller's to dispose.
/// </param>
public sealed partial class ChatHubAccounts(HttpClient http)
{
    /// <summary>Makes an account and gives its first access token; to be able to refresh it, sign in.</summary>
    /// <exception cref="ChatHubException"><c>username_taken</c>, <c>invalid_argument</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no answer, or none of a ChatHub server that keeps accounts.</exception>
    public Task<Session> SignUpAsync(SignUpInput input, CancellationToken cancellationToken = default) =>
        PostAsync("api/accounts", input, ContractJson.Default.SignUpInput, cancellationToken);

    /// <exception cref="ChatHubException"><c>invalid_credentials</c>, <c>invalid_argument</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no answer, or none of a ChatHub server that keeps accounts.</exception>
    public Task<Session> SignInAsync(SignInInput input, CancellationToken cancellationToken = default) =>
        PostAsync("api/sessions", input, ContractJson.Default.SignInInput, cancellationToken);

    /// <summary>A new access token for whoever signed in last through the same <see cref="HttpClient"/>.</summary>
    /// <exception cref="ChatHubException"><c>unauthenticated</c>: nobody is signed in, or not any more.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no answer, or none of a ChatHub server that keeps accounts.</exception>
    public Task<Session> RefreshAsync(CancellationToken cancellationToken = default) =>
        AskAsync(() => http.PostAsync("api/sessions/refresh", content: null, cancellationToken), ReadSessionAsync, cancellationToken);

    /// <summary>Ends the session: its connections are closed and its access tokens refused.</summary>
    /// <exception cref="ChatHubUnreachableException">There is no answer, or none of a ChatHub server that keeps accounts.</exception>
    public Task SignOutAsync(CancellationToken cancellationToken = default) =>
        AskAsync(() => http.DeleteAsync("api/sessions/current", cancellationToken), (_, _) => Task.FromResult(true), cancellationToken);

    private Task<Session> PostAsync<T>(string path, T input, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return AskAsync(() => http.PostAsJsonAsync(path, input, shape, cancellationToken), ReadSessionAsync, cancellationToken);
    }

    private static async Task<Session> ReadSessionAsync(HttpContent content, CancellationToken cancellationToken) =>
        await content.ReadFromJsonAsync(ContractJson.Default.Session, cancellationToken).ConfigureAwait(false)
        ?? throw new JsonException("The answer is empty.");

    private static async Task<T> AskAsync<T>(
        Func<Task<HttpResponseMessage>> ask, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await ask().ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await HttpRefusal.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            return await read(response.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ChatHubUnreachableException($"The server did not answer: {e.GetBaseException().Message}", e);
        }
    }
}
