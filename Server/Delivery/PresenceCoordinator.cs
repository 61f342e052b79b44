using ChatHub.Server.Delivery.Redis;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Delivery;

/// <summary>Who is online on any instance: this instance's connections, and what the instances share about theirs.</summary>
public sealed class PresenceCoordinator(PresenceTracker tracker, IPresenceRegistry registry, IOptions<HubOptions> hub)
{
    /// <summary>The hub's timeout: a client that has sent nothing for so long, not even a ping, is disconnected.</summary>
    public static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(30);

    private const int Batch = 500;

    // The hub looks once a second, and two instances' clocks are not the same.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a connection that ended without a word may still count: until the hub's timeout, or until the lease of an instance that was
    /// killed has passed. A user who is connected so long after an event has received it.
    /// </summary>
    public TimeSpan DetectionTime => Longer(hub.Value.ClientTimeoutInterval ?? ClientTimeout, RedisPresence.DetectionTime) + Margin;

    /// <returns>How many connections the user now has, on all instances that can be reached.</returns>
    public async Task<int> ConnectedAsync(UserRef user) => tracker.Connected(user) + await registry.RegisterAsync(user);

    /// <summary>Does not wait: the registry follows.</summary>
    public void Disconnected(UserRef user)
    {
        tracker.Disconnected(user);
        _ = registry.RegisterAsync(user);
    }

    /// <summary>Whether the user reads as online to those who may know; null while that cannot be known.</summary>
    public async Task<bool?> IsOnlineAsync(UserRef user) =>
        tracker.Find(user) is { Count: > 0 } ? true : await registry.IsOnlineAsync(user);

    /// <summary>
    /// Whether the user has a connection now, on any instance that can be reached. Other than being online it neither waits for the first
    /// one to last nor for the last one to come back.
    /// </summary>
    public async Task<bool> IsConnectedAsync(UserRef user) =>
        tracker.Find(user) is { Count: > 0 } || await registry.CountElsewhereAsync(user) > 0;

    /// <summary>The transitions that are due and this instance's to announce; each is returned once.</summary>
    public async Task<IReadOnlyList<PresenceTransition>> DequeueDueAsync()
    {
        var announced = new List<PresenceTransition>();
        foreach (var due in tracker.Due().GroupBy(transition => transition.IsOnline).SelectMany(group => group.Chunk(Batch)))
        {
            var isOnline = due[0].IsOnline;
            var claimed = await registry.ClaimAsync([.. due.Select(transition => transition.User)], isOnline);
            foreach (var transition in due)
            {
                if (claimed is not null)
                {
                    tracker.Complete(transition, isDecided: true);
                    if (claimed.Contains(transition.User))
                        announced.Add(transition);
                }
                else if (isOnline && tracker.Complete(transition, isDecided: false))
                {
                    // Certain without the others, who learn of it when they are back. Going offline is not: it waits for them.
                    announced.Add(transition);
                }
            }
        }

        return announced;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
