using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Safety;

/// <summary>The settings under <c>Messaging</c>: the numbers in the rules.</summary>
public sealed class MessagingOptions
{
    [Range(1, 10_000)]
    public int RequestsPerDay { get; set; } = 20;

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
