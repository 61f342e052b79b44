using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.ScaleOut;

/// <summary>Connections whose events arrive from every instance: a position says so.</summary>
internal static class Reaching
{
    public static async Task<Device> ArriveReachedAsync(this ITestServer server, string name)
    {
        var device = await server.ArriveAsync(name);
        await device.Heard.Positions.NextAsync();
        return device;
    }

    public static async Task NextPositionAsync(this RawHub hub)
    {
        while (await hub.ReceiveAsync() is { } message)
        {
            if (message.TryGetProperty("target", out var target) && target.GetString() == nameof(IChatClient.Position))
                return;
        }

        throw new InvalidOperationException("The connection was closed before a position came.");
    }

    /// <summary>Waits until the server closes it.</summary>
    public static async Task ClosedAsync(this RawHub hub)
    {
        while (await hub.ReceiveAsync() is not null)
        {
        }
    }
}
