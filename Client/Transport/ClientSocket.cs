using System.Net.WebSockets;
using ChatHub.Client.Http;

namespace ChatHub.Client.Transport;

/// <summary>The framework's own WebSocket, opened with the token in the Authorization header.</summary>
internal static class ClientSocket
{
    public static async Task<WebSocket> OpenAsync(Uri address, string? accessToken, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            // The hub's own pings keep the connection alive; a second kind would only add traffic.
            socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
            socket.Options.CollectHttpResponseDetails = true;
            if (accessToken is not null)
                socket.Options.SetRequestHeader("Authorization", $"Bearer {accessToken}");
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException e) when (socket.HttpStatusCode != 0)
        {
            var refusal = HttpRefusal.FromStatus(socket.HttpStatusCode, RetryAfter(socket), e);
            socket.Dispose();
            throw refusal;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static TimeSpan? RetryAfter(ClientWebSocket socket) =>
        socket.HttpResponseHeaders?.TryGetValue("Retry-After", out var values) == true
        && int.TryParse(values.FirstOrDefault(), out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
