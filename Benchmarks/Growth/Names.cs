namespace ChatHub.Benchmarks.Growth;

/// <summary>Names of users: pronounceable, so that a search by a beginning finds few or many, as among real ones.</summary>
public static class Names
{
    private static readonly string[] Syllables = ["ba", "ko", "di", "ru", "me", "la", "ti", "no", "sa", "vi", "pe", "ga", "lu", "fo", "ni", "ra"];

    /// <summary>Different for each user.</summary>
    public static string Username(int user)
    {
        Span<char> name = stackalloc char[12];
        for (var place = 0; place < 6; place++)
            Syllables[(user >> (4 * place)) & 15].CopyTo(name[(2 * place)..]);
        return name.ToString();
    }

    /// <summary>One word.</summary>
    public static string DisplayName(int user)
    {
        var word = Username((int)(((uint)user * 2_654_435_761) >> 12))[..8];
        return char.ToUpperInvariant(word[0]) + word[1..];
    }
}
