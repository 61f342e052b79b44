using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Hosting.Shutdown;

/// <summary>The settings under <c>Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    /// <summary>
    /// How long SIGTERM gives connections to leave, in seconds. The process ends sooner when all have left, and at most 13
    /// seconds later: a supervisor that kills it must wait longer than both together.
    /// </summary>
    [Range(0, 3_600)]
    public int DrainSeconds { get; set; } = 15;
}
