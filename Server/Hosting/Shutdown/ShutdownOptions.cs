using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Hosting.Shutdown;

/// <summary>The settings under <c>Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    /// <summary>
    /// How long SIGTERM gives connections to go elsewhere, in seconds. The process ends sooner when all have gone, and in
    /// any case some 10 seconds later: whoever would kill it must wait longer than both together.
    /// </summary>
    [Range(0, 3_600)]
    public int DrainSeconds { get; set; } = 15;
}
