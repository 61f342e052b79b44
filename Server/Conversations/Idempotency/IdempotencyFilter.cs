using System.Runtime.InteropServices;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// A Bloom filter over the hashes of a run's keys, two bytes for each: it says of some 999 in 1,000 others that they are not there.
/// Blocked: a hash sets bits of one 64-byte block alone, so that a question costs one cache line.
/// </summary>
/// <param name="bytes">The <see cref="Bytes"/> of one.</param>
internal sealed class IdempotencyFilter(byte[] bytes)
{
    private const int WordsPerBlock = 8;
    private const int KeysPerBlock = 32;
    private const int BitsPerKey = 6;
    private const int BitOfBlock = 9; // 2^9 bits are a block
    private const ulong Mixer = 0x9E37_79B9_7F4A_7C15; // 2^64 divided by the golden ratio

    /// <summary>As it is stored.</summary>
    public byte[] Bytes => bytes;

    public static IdempotencyFilter Of(IReadOnlyCollection<IdempotencyEntry> keys)
    {
        var filter = new IdempotencyFilter(new byte[((keys.Count / KeysPerBlock) + 1) * WordsPerBlock * sizeof(ulong)]);
        foreach (var key in keys)
            filter.Add(key.KeyHash);
        return filter;
    }

    /// <summary>False: the run does not have it.</summary>
    public bool MayHold(long hash)
    {
        var block = Block(hash);
        var bits = Bits(hash);
        for (var i = 0; i < BitsPerKey; i++, bits <<= BitOfBlock)
        {
            if ((block[Word(bits)] & Mask(bits)) == 0)
                return false;
        }

        return true;
    }

    private void Add(long hash)
    {
        var block = Block(hash);
        var bits = Bits(hash);
        for (var i = 0; i < BitsPerKey; i++, bits <<= BitOfBlock)
            block[Word(bits)] |= Mask(bits);
    }

    private Span<ulong> Block(long hash)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        var blocks = (ulong)(words.Length / WordsPerBlock);
        return words.Slice((int)(((ulong)hash >> 32) * blocks >> 32) * WordsPerBlock, WordsPerBlock);
    }

    // The highest bits say which: they depend on all of the hash.
    private static ulong Bits(long hash) => (ulong)hash * Mixer;

    private static int Word(ulong bits) => (int)(bits >> 61);

    private static ulong Mask(ulong bits) => 1UL << (int)(bits >> 55 & 63);
}
