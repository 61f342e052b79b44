using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.ScaleOut;

/// <summary>Connections that are subscribed to the events of every instance: their first position says so.</summary>
internal static class Subscribed
{
    public static async Task<Device> ArriveSubscribedAsync(this ITestServer server, string name)
    {
        var device = await server.ConnectUserAsync(name);
        await device.Received.Positions.NextAsync();
        return device;
    }

    /// <summary>Two people on two instances come to chat, live.</summary>
    public static async Task MeetAcrossAsync(this Cluster cluster)
    {
        await using var alice = await cluster[0].ArriveSubscribedAsync("alice");
        await using var bob = await cluster[1].ArriveSubscribedAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.NextAsync<RequestReceived>();
        await bob.AcceptAsync(sent.Request.RequestId);
        await alice.NextAsync<RequestAccepted>();
    }
}
