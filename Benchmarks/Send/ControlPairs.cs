namespace ChatHub.Benchmarks.Send;

/// <summary>Two users of the control: their ids are their tokens, and the receiver's id is the conversation's.</summary>
public static class ControlPairs
{
    public static async Task<Pair> ConnectAsync(Uri server, Func<Guid> newClientId, CancellationToken cancellation)
    {
        var receiverId = NewId();
        return new(
            await HubSocket.ConnectAsync(server, NewId(), cancellation),
            await HubSocket.ConnectAsync(server, receiverId, cancellation),
            conversationId: receiverId)
        { NewClientId = newClientId };
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
