namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>Tab: completes the first word to a command, and the second to a name.</summary>
internal static class Completion
{
    /// <param name="text">The line so far.</param>
    /// <param name="commands">All commands.</param>
    /// <param name="names">All names.</param>
    /// <returns>The line as far as it is unambiguous, and the choices where it is not.</returns>
    public static (string Text, IReadOnlyList<string> Choices) Complete(string text, IEnumerable<string> commands, IEnumerable<string> names)
    {
        var slash = text.StartsWith('/') ? "/" : "";
        var line = text[slash.Length..];
        var words = line.Split(' ');
        if (words.Length > 2)
            return (text, []);

        var all = words.Length == 1 ? commands : names;
        var choices = all.Where(word => word.StartsWith(words[^1], StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        var completed = choices.Count switch
        {
            0 => words[^1],
            1 => $"{choices[0]} ",
            _ => Common(choices),
        };
        return ($"{slash}{string.Concat(words[..^1].Select(word => $"{word} "))}{completed}", choices.Count > 1 ? choices : []);
    }

    private static string Common(List<string> words) =>
        words.Aggregate((common, word) => new string([.. common.Zip(word).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)]));
}
