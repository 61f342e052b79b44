using System.Net;
using System.Net.Sockets;

namespace ChatHub.Tests.Infrastructure;

/// <summary>
/// Ports of loopback for what is down, or is restarted: each is given once, and lies below those that the system gives when
/// any will do (from 32,768 on Linux), so that no other server of a test gets it meanwhile.
/// </summary>
public static class Ports
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _given = Random.Shared.Next(Count);

    public static int Next()
    {
        int port;
        do
            port = First + (int)((uint)Interlocked.Increment(ref _given) % Count);
        while (!IsFree(port));
        return port;
    }

    /// <summary>The address of <see cref="Next"/>.</summary>
    public static string NextAddress() => $"http://127.0.0.1:{Next()}";

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
