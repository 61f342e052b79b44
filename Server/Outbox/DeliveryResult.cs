namespace ChatHub.Server.Outbox;

/// <summary>What came of a delivery.</summary>
/// <param name="IsDone">Delivered, or not to be delivered: the entry is deleted.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="RetryAfter">What the other side asked for.</param>
public readonly record struct DeliveryResult(bool IsDone, string Error = "", TimeSpan? RetryAfter = null)
{
    public static readonly DeliveryResult Done = new(IsDone: true);

    public static DeliveryResult Failed(string error, TimeSpan? retryAfter = null) => new(IsDone: false, error, retryAfter);
}
