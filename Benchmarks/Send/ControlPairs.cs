using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.Send;

/// <summary>Two users of a server without accounts: their ids are their tokens, and the receiver's id is the conversation's.</summary>
public static class ControlPairs
{
    public static async Task<Pair> ConnectAsync(Uri server, Func<Guid> newClientId, Wire wire, CancellationToken cancellation)
    {
        var receiverId = NewId();
        return new(
            await HubSocket.ConnectAsync(server, NewId(), cancellation, wire: wire),
            await HubSocket.ConnectAsync(server, receiverId, cancellation, wire: wire),
            conversationId: receiverId)
        { NewClientId = newClientId };
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
