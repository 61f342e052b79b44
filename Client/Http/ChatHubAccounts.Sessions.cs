using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>A signed-in user's sessions and password. Each call takes the access token of the session that asks.</summary>
public sealed partial class ChatHubAccounts
{
    /// <summary>Where the user is signed in, the latest used first.</summary>
    /// <param name="accessToken">The access token of the session that asks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>unauthenticated</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task<Page<SessionInfo>> ListSessionsAsync(string accessToken, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, "api/me/sessions", accessToken, null, ReadSessionsAsync, cancellationToken);

    /// <summary>Ends one of the user's sessions.</summary>
    /// <param name="accessToken">The access token of the session that asks.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>unauthenticated</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task EndSessionAsync(string accessToken, string sessionId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"api/me/sessions/{Uri.EscapeDataString(sessionId)}", accessToken, null, ReadNothingAsync, cancellationToken);

    /// <summary>Ends all of the user's sessions but the one of the token.</summary>
    /// <param name="accessToken">The access token of the session that asks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>unauthenticated</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task EndOtherSessionsAsync(string accessToken, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, "api/me/sessions", accessToken, null, ReadNothingAsync, cancellationToken);

    /// <summary>Sets another password; all other sessions end.</summary>
    /// <param name="accessToken">The access token of the session that asks.</param>
    /// <param name="input">What to set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>invalid_credentials</c>, <c>invalid_argument</c>, <c>unauthenticated</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task ChangePasswordAsync(string accessToken, ChangePasswordInput input, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Put, "api/me/password", accessToken, JsonContent.Create(input, ContractJson.Default.ChangePasswordInput), ReadNothingAsync, cancellationToken);

    /// <summary>Sets another password by a code of the host application; all sessions end.</summary>
    /// <param name="input">What to set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>invalid_credentials</c>, <c>invalid_argument</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task ResetPasswordAsync(PasswordResetInput input, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post, "api/accounts/password-reset", null, JsonContent.Create(input, ContractJson.Default.PasswordResetInput), ReadNothingAsync, cancellationToken);

    /// <summary>Erases the account permanently.</summary>
    /// <param name="accessToken">The access token of the session that asks.</param>
    /// <param name="userId">The account.</param>
    /// <param name="input">What to set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatHubException"><c>invalid_credentials</c>, <c>forbidden</c>, <c>unauthenticated</c> or <c>rate_limited</c>.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no response, or none of a ChatHub server with built-in accounts.</exception>
    public Task EraseAsync(string accessToken, string userId, EraseInput input, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Delete, $"api/directory/users/{Uri.EscapeDataString(userId)}", accessToken,
            JsonContent.Create(input, ContractJson.Default.EraseInput), ReadNothingAsync, cancellationToken);

    private Task<T> SendAsync<T>(
        HttpMethod method, string path, string? accessToken, HttpContent? content, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        return SendAsync(Send, read, cancellationToken);

        async Task<HttpResponseMessage> Send()
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            if (accessToken is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Page<SessionInfo>> ReadSessionsAsync(HttpContent content, CancellationToken cancellationToken) =>
        await content.ReadFromJsonAsync(ContractJson.Default.PageSessionInfo, cancellationToken).ConfigureAwait(false)
        ?? throw new JsonException("The response is empty.");

    private static Task<bool> ReadNothingAsync(HttpContent content, CancellationToken cancellationToken) => Task.FromResult(true);
}
