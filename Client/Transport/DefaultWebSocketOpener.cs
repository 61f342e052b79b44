using System.Net;
using System.Net.WebSockets;
using ChatHub.Client.Http;

namespace ChatHub.Client.Transport;

/// <summary>
/// Opens the framework's WebSocket with the token in the Authorization header; in a browser, which lets no program set
/// headers on a WebSocket, in the query.
/// </summary>
internal static class DefaultWebSocketOpener
{
    public static Task<WebSocket> OpenAsync(Uri address, string? accessToken, CancellationToken cancellationToken) =>
        OperatingSystem.IsBrowser()
            ? OpenInBrowserAsync(address, accessToken, cancellationToken)
            : OpenWithHeaderAsync(address, accessToken, cancellationToken);

    private static async Task<WebSocket> OpenWithHeaderAsync(Uri address, string? accessToken, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsBrowser())
            throw new PlatformNotSupportedException();

        var socket = new ClientWebSocket();
        try
        {
            // The hub's own pings keep the connection alive; WebSocket pings would only add traffic.
            socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
            socket.Options.CollectHttpResponseDetails = true;
            if (accessToken is not null)
                socket.Options.SetRequestHeader("Authorization", $"Bearer {accessToken}");
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException e) when (socket.HttpStatusCode != 0)
        {
            var error = HttpErrors.FromStatus(socket.HttpStatusCode, RetryAfter(socket), e);
            socket.Dispose();
            throw error;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<WebSocket> OpenInBrowserAsync(Uri address, string? accessToken, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            var url = accessToken is null ? address : new Uri($"{address}?access_token={Uri.EscapeDataString(accessToken)}");
            await socket.ConnectAsync(url, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            throw await ReasonAsync(address, accessToken, e, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A browser hides the status of a failed handshake. A plain GET of the hub passes the same authentication and shows
    /// it: without it a refused token could not be distinguished from a server that is down, and would never be renewed.
    /// </summary>
    private static async Task<Exception> ReasonAsync(Uri address, string? accessToken, WebSocketException failure, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, HubAddress.ToHttp(address));
            if (accessToken is not null)
                request.Headers.Authorization = new("Bearer", accessToken);
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests
                ? HttpErrors.FromStatus(response.StatusCode, response.Headers.RetryAfter?.Delta, failure)
                : failure;
        }
        catch (HttpRequestException)
        {
            return failure;
        }
    }

    private static TimeSpan? RetryAfter(ClientWebSocket socket) =>
        socket.HttpResponseHeaders?.TryGetValue("Retry-After", out var values) == true
        && int.TryParse(values.FirstOrDefault(), out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
