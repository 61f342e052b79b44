using System.Net.Security;
using System.Net.Sockets;
using ChatHub.Server.Hosting.Settings;

namespace ChatHub.Server.Hosting;

/// <summary>
/// Asks the server of the same settings whether it is ready, however that listens: a container's health check that needs no
/// other program.
/// </summary>
public static class HealthProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <returns>The exit code: 0 when it is ready.</returns>
    public static async Task<int> RunAsync(IConfiguration settings, PathBase pathBase)
    {
        // Any one will do: they are the same server's.
        var listening = ListenAddresses.Of(settings)[0];
        try
        {
            using var http = new HttpClient(Handler(listening)) { Timeout = Timeout };
            using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(listening, pathBase.Of("/health/ready")));
            request.Headers.Host = AllowedHost(settings["AllowedHosts"]);
            using var response = await http.SendAsync(request);
            Console.WriteLine(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"{listening} does not answer: {e.Message}");
            return 1;
        }
    }

    private static Uri AddressOf(BindingAddress listening, string path)
    {
        if (listening.IsUnixPipe)
            return new($"{listening.Scheme}://localhost{path}");
        var host = listening.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : listening.Host;
        return new($"{listening.Scheme}://{host}:{listening.Port}{path}");
    }

    private static SocketsHttpHandler Handler(BindingAddress listening)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        // The server's certificate is for the name by which clients know it, and nothing secret is asked or answered.
#pragma warning disable CA5359
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        if (listening.IsUnixPipe)
            handler.ConnectCallback = (_, cancellation) => ConnectAsync(listening.UnixPipePath, cancellation);
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>A host name that the server lets in; null where it lets in any.</summary>
    private static string? AllowedHost(string? allowed)
    {
        var first = allowed?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        return first is null or "*" ? null : first.Replace("*.", "health.", StringComparison.Ordinal);
    }
}
