namespace ChatHub.Contracts;

/// <summary>GET /health/ready: <see cref="Status"/> and each dependency are ok, degraded or down.</summary>
public sealed record Health
{
    /// <summary>The worst of all that matters: <c>ok</c>, <c>degraded</c> or <c>down</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Each dependency's state by its name.</summary>
    public required IReadOnlyDictionary<string, string> Dependencies { get; init; }
}
