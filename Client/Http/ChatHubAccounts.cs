using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Client.Http;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// Signing up, in and out over HTTP, for servers with built-in accounts. The session's access token is what
/// <see cref="ChatHubClientOptions.AccessTokenProvider"/> returns; it is valid until <see cref="Session.ExpiresAt"/>.
/// </summary>
/// <param name="http">
/// Its base address is the server's. Its handler keeps cookies, as it does by default: <see cref="RefreshAsync"/> needs the
/// cookie that signing in sets. The caller disposes it.
/// </param>
public sealed partial class ChatHubAccounts(HttpClient http)
{
    /// <summary>Creates an account and returns its first access token; only signing in starts a session that can be refreshed.</summary>
    /// <param name="input">Username, password, birth date, and optionally a display name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>username_taken</c>, <c>invalid_argument</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task<Session> SignUpAsync(SignUpInput input, CancellationToken cancellationToken = default) =>
        PostAsync("api/accounts", input, ContractJson.Default.SignUpInput, cancellationToken);

    /// <summary>Starts a session: returns an access token, and sets the cookie that <see cref="RefreshAsync"/> uses.</summary>
    /// <param name="input">Username and password.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>invalid_credentials</c>, <c>invalid_argument</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task<Session> SignInAsync(SignInInput input, CancellationToken cancellationToken = default) =>
        PostAsync("api/sessions", input, ContractJson.Default.SignInInput, cancellationToken);

    /// <summary>Returns a new access token for the user who signed in last through the same <see cref="HttpClient"/>.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>unauthenticated</c>: there is no session, or it has ended.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task<Session> RefreshAsync(CancellationToken cancellationToken = default) =>
        SendAsync(() => http.PostAsync("api/sessions/refresh", content: null, cancellationToken), ReadSessionAsync, cancellationToken);

    /// <summary>Ends the session that <see cref="RefreshAsync"/> continues: its connections are closed and its access tokens refused.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task SignOutAsync(CancellationToken cancellationToken = default) =>
        SendAsync(() => http.DeleteAsync("api/sessions/current", cancellationToken), (_, _) => Task.FromResult(true), cancellationToken);

    private Task<Session> PostAsync<T>(string path, T input, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return SendAsync(() => http.PostAsJsonAsync(path, input, shape, cancellationToken), ReadSessionAsync, cancellationToken);
    }

    private static async Task<Session> ReadSessionAsync(HttpContent content, CancellationToken cancellationToken) =>
        await content.ReadFromJsonAsync(ContractJson.Default.Session, cancellationToken).ConfigureAwait(false)
        ?? throw new JsonException("The response is empty.");

    private static async Task<T> SendAsync<T>(
        Func<Task<HttpResponseMessage>> send, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await send().ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await HttpErrors.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            return await read(response.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ChatHubUnreachableException($"The server did not respond: {e.GetBaseException().Message}", e);
        }
    }
}
