using System.Text;

namespace ChatHub.Server.Requests;

/// <summary>
/// The scripts that put no spaces between words, by their blocks: East Asian ideographs and syllables, and those of
/// South-East Asia. UAX #29 finds no words in them without a dictionary.
/// </summary>
public static class SpacelessScripts
{
    private static readonly (int First, int Last)[] Blocks =
    [
        (0x0E00, 0x0FFF), // Thai, Lao, Tibetan
        (0x1000, 0x109F), // Myanmar
        (0x1780, 0x17FF), // Khmer
        (0x1950, 0x19FF), // Tai Le, New Tai Lue, Khmer symbols
        (0x1A20, 0x1AAF), // Tai Tham
        (0x1B00, 0x1B7F), // Balinese
        (0x2E80, 0x2FDF), // radicals
        (0x3005, 0x3007), // ideographic marks and zero
        (0x3040, 0x312F), // Hiragana, Katakana, Bopomofo
        (0x31A0, 0x31FF), // their extensions, strokes
        (0x3400, 0x4DBF), // ideographs
        (0x4E00, 0xA4CF), // ideographs, Yi
        (0xA980, 0xA9FF), // Javanese, Myanmar
        (0xAA60, 0xAADF), // Myanmar, Tai Viet
        (0xF900, 0xFAFF), // compatibility ideographs
        (0x20000, 0x3FFFD), // ideographs
    ];

    public static bool Contain(Rune rune) => Array.Exists(Blocks, block => rune.Value >= block.First && rune.Value <= block.Last);
}
