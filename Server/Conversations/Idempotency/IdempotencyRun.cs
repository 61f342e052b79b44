namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>A row of <c>idempotency_runs</c>.</summary>
public sealed record IdempotencyRun
{
    public required long Run { get; init; }

    /// <summary>The UTC day on which its newest key was used.</summary>
    public required long UsedOn { get; init; }

    /// <summary>The filter over the hashes of its keys.</summary>
    public byte[] Filter { get; init; } = [];
}
