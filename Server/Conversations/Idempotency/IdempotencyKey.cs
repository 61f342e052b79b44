using System.IO.Hashing;
using System.Text;
using ChatHub.Contracts;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// A clientId as it is stored: 8 bytes of its hash in place of up to 64 characters. Two of one sender's collide by accident once in
/// 10^9 days of 100,000 messages; a sender who makes them collide gets a conflict with a message of their own.
/// </summary>
/// <param name="Day">The UTC day, counted from 1970.</param>
/// <param name="Hash">Of the clientId, seeded with the sender.</param>
/// <param name="Sender">The sender's key.</param>
public readonly record struct IdempotencyKey(long Day, long Hash, long Sender)
{
    public static IdempotencyKey Of(long sender, string clientId, long now)
    {
        Span<byte> bytes = stackalloc byte[Limits.ClientIdMax];
        var length = Encoding.ASCII.GetBytes(clientId, bytes);
        return new(DayOf(now), (long)XxHash3.HashToUInt64(bytes[..length], sender), sender);
    }

    public static long DayOf(long now) => now / Instants.DayMs;
}
