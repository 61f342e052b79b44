namespace ChatHub.Contracts;

/// <summary>A browser that gets notifications by Web Push.</summary>
public sealed record ExportPushSubscription
{
    /// <summary>The id that its client chose.</summary>
    public required string Id { get; init; }

    /// <summary>Where its push service takes messages.</summary>
    public required string Endpoint { get; init; }

    /// <summary>When its client last put it.</summary>
    public required DateTimeOffset PutAt { get; init; }
}
