using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// A Bloom filter over the hashes of a run's keys, two bytes for each: it says of some 999 in 1,000 others that they are not there.
/// Blocked: a hash sets bits of one 64-byte block alone, which are compared at once, so that a question costs one cache line and
/// the processor, which foresees the answer, reads those of many filters at a time.
/// </summary>
/// <param name="bytes">The <see cref="Bytes"/> of one.</param>
internal sealed class IdempotencyFilter(byte[] bytes)
{
    private const int KeysPerBlock = 32;
    private const int BitsPerKey = 6;
    private const int BitOfBlock = 9; // 2^9 bits are a block
    private const ulong Mixer = 0x9E37_79B9_7F4A_7C15; // 2^64 divided by the golden ratio

    /// <summary>What is asked of filters: made once for all of them.</summary>
    /// <param name="Hash">Of a key.</param>
    /// <param name="Bits">Those of its block that it sets.</param>
    public readonly record struct Question(long Hash, Vector512<ulong> Bits)
    {
        public static Question Of(long hash)
        {
            Span<ulong> words = stackalloc ulong[Vector512<ulong>.Count];
            // The highest bits say which: they depend on all of the hash.
            var bits = (ulong)hash * Mixer;
            for (var i = 0; i < BitsPerKey; i++, bits <<= BitOfBlock)
                words[(int)(bits >> 61)] |= 1UL << (int)(bits >> 55 & 63);
            return new(hash, Vector512.Create<ulong>(words));
        }
    }

    /// <summary>As it is stored.</summary>
    public byte[] Bytes => bytes;

    public static IdempotencyFilter Of(IReadOnlyCollection<IdempotencyEntry> keys)
    {
        var filter = new IdempotencyFilter(new byte[((keys.Count / KeysPerBlock) + 1) * Vector512<byte>.Count]);
        foreach (var key in keys)
            filter.Block(key.KeyHash) |= Question.Of(key.KeyHash).Bits;
        return filter;
    }

    /// <summary>False: the run does not have it.</summary>
    public bool MayHold(in Question question) => (Block(question.Hash) & question.Bits) == question.Bits;

    private ref Vector512<ulong> Block(long hash)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector512<ulong>>(bytes.AsSpan());
        return ref blocks[(int)(((ulong)hash >> 32) * (ulong)blocks.Length >> 32)];
    }
}
