using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Hosting;

/// <summary>The settings under <c>Limits</c>: what one user, one connection and one address may ask for.</summary>
public sealed class LimitOptions
{
    /// <summary>Hub frames of one user, refilled per second.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 50;

    /// <summary>Hub frames of one user that may come at once.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 200;

    [Range(1, 100_000)]
    public int ConnectionsPerUser { get; set; } = 20;

    /// <summary>Messages of one sender in one chat, as burst and refill.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerChatPerMinute { get; set; } = 300;

    /// <summary>Sign-ups (and, apart from them, sign-ins) of one address, as burst and refill.</summary>
    [Range(1, 1_000_000)]
    public int SignUpsPerMinute { get; set; } = 60;
}
