using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Safety;

/// <summary>The settings under <c>Messaging</c>: the numbers in the rules.</summary>
public sealed class MessagingOptions
{
    [Range(1, 10_000)]
    public int RequestsPerDay { get; set; } = 20;

    /// <summary>How many an account may send in its first 24 hours.</summary>
    [Range(0, 10_000)]
    public int NewAccountRequestsPerDay { get; set; } = 5;

    /// <summary>How many arrive in one recipient's main folder in 24 hours, of new accounts and of the others each; the rest is filtered.</summary>
    [Range(1, 100_000)]
    public int RequestsReceivedPerDay { get; set; } = 200;

    [Range(1, 4_000)]
    public int RequestMaxLength { get; set; } = Contracts.Limits.RequestTextMax;

    [Range(1, 3_650)]
    public int RequestLifetimeDays { get; set; } = 30;

    [Range(1, 16_000)]
    public int MessageMaxLength { get; set; } = Contracts.Limits.MessageTextMax;

    [Range(0, 120)]
    public int MinimumAge { get; set; } = 16;

    public TimeSpan RequestLifetime => TimeSpan.FromDays(RequestLifetimeDays);
}
