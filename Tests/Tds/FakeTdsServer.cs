using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatHub.Tests.Tds;

/// <summary>
/// Just enough of a server for a client to sign in, begin and commit: every other statement succeeds and returns no rows,
/// but for those that count, whose one row says how many statements came before.
/// </summary>
internal sealed class FakeTdsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _carriedOut = [];
    private readonly Task _accepting;

    public FakeTdsServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What has reached it and was carried out.</summary>
    public IReadOnlyCollection<string> CarriedOut => _carriedOut;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            while (await TdsMessage.ReadAsync(stream, _stopping.Token) is { } message)
                await Respond(message).WriteAsync(stream, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client is gone, or the test is over.
        }
    }

    private TdsMessage Respond(TdsMessage message)
    {
        switch (message.Type)
        {
            case TdsMessageType.Prelogin:
                return new(TdsMessageType.TabularResult, 0, Versions);
            case TdsMessageType.Login:
                return TdsTokens.Response(LoginAcknowledged, Collation, TdsTokens.Done());
            case TdsMessageType.Attention:
                return TdsTokens.Attended();
            default:
                var text = TdsRequest.Read(message).Text;
                _carriedOut.Enqueue(text);
                return text switch
                {
                    "BEGIN TRANSACTION" => TdsTokens.Response(Transaction(begins: true), TdsTokens.Done()),
                    "COMMIT TRANSACTION" => TdsTokens.Response(Transaction(begins: false), TdsTokens.Done()),
                    _ when text.StartsWith("SELECT COUNT", StringComparison.Ordinal) => TdsTokens.Response(Count(_carriedOut.Count - 1), TdsTokens.Done(0x10, 1)),
                    _ => TdsTokens.Response(TdsTokens.Done()),
                };
        }
    }

    // Options VERSION (16.0) and ENCRYPTION (not supported), then their values.
    private static byte[] Versions => [0x00, 0, 11, 0, 6, 0x01, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 0x02];

    // LOGINACK: length, T-SQL, protocol 7.4, the program's name and version.
    private static byte[] LoginAcknowledged
    {
        get
        {
            byte[] name = Encoding.Unicode.GetBytes("fake");
            byte[] body = [1, 0x74, 0, 0, 4, 4, .. name, 16, 0, 0, 0];
            return [0xAD, (byte)body.Length, 0, .. body];
        }
    }

    // ENVCHANGE: Latin1_General_CI_AS.
    private static byte[] Collation => [0xE3, 8, 0, 7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0];

    // ENVCHANGE: a transaction's number came, or went.
    private static byte[] Transaction(bool begins)
    {
        byte[] number = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] body = begins ? [8, 8, .. number, 0] : [9, 0, 8, .. number];
        return [0xE3, (byte)body.Length, 0, .. body];
    }

    // COLMETADATA of one INT without a name, and its ROW.
    private static byte[] Count(int value) =>
        [0x81, 1, 0, 0, 0, 0, 0, 0, 0, 0x38, 0, 0xD1, .. BitConverter.GetBytes(value)];
}
