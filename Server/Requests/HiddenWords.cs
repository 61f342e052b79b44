namespace ChatHub.Server.Requests;

/// <summary>
/// The words that a recipient does not want to read. Pure. A word matches a whole word of a text, several words match
/// words that follow each other; what is written in a script without spaces, or holds no word at all (an emoji), matches
/// anywhere. Compared as <see cref="FoldedText"/> has it.
/// </summary>
public sealed class HiddenWords
{
    private readonly List<string[]> _phrases = [];
    private readonly List<string> _anywhere = [];

    private HiddenWords()
    {
    }

    public static HiddenWords Of(IEnumerable<string> words)
    {
        var hidden = new HiddenWords();
        foreach (var word in words)
            hidden.Add(FoldedText.Of(word));
        return hidden;
    }

    /// <summary>Whether one of them is in one of the texts.</summary>
    public bool AreIn(params ReadOnlySpan<string> texts)
    {
        if (_phrases.Count == 0 && _anywhere.Count == 0)
            return false;
        foreach (var text in texts)
        {
            if (IsIn(FoldedText.Of(text)))
                return true;
        }

        return false;
    }

    private void Add(FoldedText word)
    {
        if (word.HasSpacelessScript || word.Words.Count == 0)
            _anywhere.Add(word.Squeezed);
        else
            _phrases.Add([.. word.Words]);
    }

    private bool IsIn(FoldedText text) =>
        _anywhere.Exists(part => part.Length > 0 && text.Squeezed.Contains(part, StringComparison.Ordinal))
        || _phrases.Exists(phrase => Follows(text.Words, phrase));

    private static bool Follows(IReadOnlyList<string> words, string[] phrase)
    {
        for (var start = 0; start <= words.Count - phrase.Length; start++)
        {
            var length = 0;
            while (length < phrase.Length && words[start + length] == phrase[length])
                length++;
            if (length == phrase.Length)
                return true;
        }

        return false;
    }
}
