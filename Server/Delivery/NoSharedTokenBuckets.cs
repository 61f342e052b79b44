namespace ChatHub.Server.Delivery;

/// <summary>A single instance: what it counts itself is all.</summary>
public sealed class NoSharedTokenBuckets : ISharedTokenBuckets
{
    public void Charge(string bucket, int tokens, int burst, TimeSpan refill, Action<double> onCharged)
    {
    }
}
