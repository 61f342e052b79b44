using ChatHub.Server.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A server notices a closed socket in its own time.</summary>
public static class ConnectionCounts
{
    /// <summary>Until the server has at most so many connections of the user.</summary>
    public static Task LeftAsync(this IServiceProvider services, string userId, int remaining = 0)
    {
        var connections = services.GetRequiredService<LiveConnections>();
        return TestTimeouts.EventuallyAsync(() => connections.OfUser(userId).Length <= remaining);
    }
}
