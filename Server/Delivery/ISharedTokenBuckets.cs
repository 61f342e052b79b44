namespace ChatHub.Server.Delivery;

/// <summary>Token buckets that all instances spend from.</summary>
public interface ISharedTokenBuckets
{
    /// <summary>Takes tokens that were spent on this instance; the bucket may go into debt. Does not wait.</summary>
    /// <param name="bucket">Its name.</param>
    /// <param name="tokens">How many were spent.</param>
    /// <param name="burst">What a full bucket holds, and the most that it may owe.</param>
    /// <param name="refill">How long one token takes to come back.</param>
    /// <param name="onCharged">Called with what is left on all instances together; not called while they cannot be reached.</param>
    void Charge(string bucket, int tokens, int burst, TimeSpan refill, Action<double> onCharged);
}
