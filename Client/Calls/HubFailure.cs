using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Client;

/// <summary>Distinguishes a refused call from a connection that broke during it.</summary>
internal static class HubFailure
{
    // A connection that the server closes with an error fails the calls in flight with the same exception type as a
    // refusal; only its text, written by the framework's client, sets it apart.
    private const string ClosedByServer = "The server closed the connection";

    public static bool IsRefusal(HubException failure) =>
        !failure.Message.StartsWith(ClosedByServer, StringComparison.Ordinal);

    /// <summary>
    /// A cancellation counts: pending calls end with one when the connection does. The caller's own cancellation must be
    /// excluded first.
    /// </summary>
    public static bool IsConnectionLoss(Exception failure) =>
        failure is HubException or InvalidOperationException or IOException or InvalidDataException or OperationCanceledException || IsNetwork(failure);

    /// <summary>What sockets and HTTP throw, including the application's own HTTP when it fetches a token.</summary>
    private static bool IsNetwork(Exception failure) =>
        failure is WebSocketException or SocketException or HttpRequestException or TimeoutException;
}
