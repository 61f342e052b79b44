using System.Net;
using System.Net.Sockets;

namespace ChatHub.Tests.Tds;

/// <summary>One connection through the proxy. A client asks one thing at a time, so that responses need no matching.</summary>
internal sealed class TdsConnection(TdsProxy proxy, Socket client, int number) : IDisposable
{
    private const string RollBack = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION";

    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    // Set while the next response is for the proxy itself.
    private volatile TaskCompletionSource<TdsMessage>? _expected;
    private bool _isIgnoring;

    public async Task RunAsync(DnsEndPoint server, CancellationToken cancellation)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(server.Host, server.Port, cancellation);
            await using var fromClient = new NetworkStream(client);
            await using var fromServer = new NetworkStream(_server);
            await Task.WhenAll(
                CarryAsync(fromClient, message => RequestAsync(message, fromClient, fromServer, cancellation), cancellation),
                CarryAsync(fromServer, message => ResponseAsync(message, fromClient, cancellation), cancellation));
        }
        catch (Exception e) when (IsEnd(e))
        {
            // Nothing listens there, or it was cut.
        }
        finally
        {
            Cut();
        }
    }

    public void Dispose() => Cut();

    /// <summary>Both sides get an error.</summary>
    public void Cut()
    {
        client.Close(timeout: 0);
        _server.Close(timeout: 0);
        _expected?.TrySetCanceled();
    }

    private async Task CarryAsync(NetworkStream from, Func<TdsMessage, Task> carry, CancellationToken cancellation)
    {
        try
        {
            while (await TdsMessage.ReadAsync(from, cancellation) is { } message)
                await carry(message);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // One direction that ends, ends the connection.
        }

        Cut();
    }

    private Task ResponseAsync(TdsMessage message, NetworkStream toClient, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _expected, null) is not { } expected)
            return message.WriteAsync(toClient, cancellation);
        expected.TrySetResult(message);
        return Task.CompletedTask;
    }

    private async Task RequestAsync(TdsMessage message, NetworkStream toClient, NetworkStream toServer, CancellationToken cancellation)
    {
        if (message.Type == TdsMessageType.Prelogin)
        {
            await Prelogin.InClear(message).WriteAsync(toServer, cancellation);
            return;
        }

        if (message.Type == TdsMessageType.Attention && _isIgnoring)
        {
            _isIgnoring = false;
            await TdsTokens.Attended().WriteAsync(toClient, cancellation);
            return;
        }

        var request = TdsRequest.Read(message, number);
        switch (message.Type == TdsMessageType.Attention ? null : proxy.Meet(request)?.Action)
        {
            case null:
                await message.WriteAsync(toServer, cancellation);
                break;
            case TdsAction.Failure failure:
                await FailAsync(request, failure.Errors, toClient, toServer, cancellation);
                break;
            case TdsAction.Broken { AfterResponse: true }:
                await AskAsync(message, toServer, cancellation);
                Cut();
                break;
            case TdsAction.Broken:
                Cut();
                break;
            case TdsAction.Ignored:
                _isIgnoring = true;
                break;
            case TdsAction.Held held:
                await held.Release().WaitAsync(cancellation);
                await message.WriteAsync(toServer, cancellation);
                break;
            case TdsAction.Rewritten rewritten:
                await request.With(rewritten.Sql(request.Text)).WriteAsync(toServer, cancellation);
                break;
        }
    }

    private async Task FailAsync(
        TdsRequest request, IReadOnlyList<TdsError> errors, NetworkStream toClient, NetworkStream toServer, CancellationToken cancellation)
    {
        // A login has no transaction. The response to the roll-back also says to the client that its transaction has ended.
        var response = request.Type == TdsMessageType.Login
            ? TdsTokens.Failure(errors)
            : TdsTokens.Failure(errors, await AskAsync(request.Instead(RollBack), toServer, cancellation));
        await response.WriteAsync(toClient, cancellation);
        if (errors.Any(error => error.EndsConnection))
            Cut();
    }

    private async Task<TdsMessage> AskAsync(TdsMessage request, NetworkStream toServer, CancellationToken cancellation)
    {
        var expected = new TaskCompletionSource<TdsMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected = expected;
        await request.WriteAsync(toServer, cancellation);
        return await expected.Task;
    }

    private static bool IsEnd(Exception e) => e is IOException or SocketException or ObjectDisposedException or OperationCanceledException;
}
