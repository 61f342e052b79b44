using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Hosting.Load;

/// <summary>
/// A connection's hub protocol that counts every frame it reads against its user's limit: calls, also those that no method
/// answers or whose arguments do not bind, stream frames, pings. It is the one place that all of them pass; a hub filter
/// sees only what is bound. A refused call fails with rate_limited; any other refused frame has no effect.
/// </summary>
internal sealed class MeteredHubProtocol(IHubProtocol inner, HubConnectionContext connection, RateLimits limits, TimeProvider time) : IHubProtocol
{
    private RefusalWindow? _refusals; // made with the first

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var start = input.Start;
        if (!inner.TryParseMessage(ref input, binder, out message))
        {
            if (input.Start.Equals(start))
                return false; // not whole yet
            // A frame of an unknown type was read over. The dispatcher would leave what came with it until more comes.
            message = PingMessage.Instance;
        }

        if (limits.TryCall(connection.UserIdentifier!) is { } wait)
            message = Refuse(message, wait);
        return true;
    }

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    private HubMessage Refuse(HubMessage message, TimeSpan wait)
    {
        _refusals ??= new(time);
        if (_refusals.Add())
            connection.Abort();
        return message switch
        {
            HubMethodInvocationMessage call => Refuse(call.InvocationId, call.Target, wait),
            InvocationBindingFailureMessage call => Refuse(call.InvocationId, call.Target, wait),
            CloseMessage => message,
            // What has no effect, but shows that the client is there.
            _ => PingMessage.Instance,
        };
    }

    // The dispatcher answers a call that does not bind with the message of its HubException, and does nothing else.
    private static InvocationBindingFailureMessage Refuse(string? invocationId, string target, TimeSpan wait) =>
        new(invocationId, target, ExceptionDispatchInfo.Capture(new HubException(Errors.RateLimited(wait).ToWire())));
}
