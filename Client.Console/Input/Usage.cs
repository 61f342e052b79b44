using System.Text;

namespace ChatHub.Terminal.Input;

/// <summary>
/// The arguments of a command. Arguments are bound by the same text that help shows: <c>NAME</c> is one word, or several
/// in double quotes (<c>\"</c> is a quote in them), <c>TEXT...</c> is the rest of the line as it stands, <c>[SECONDS]</c>
/// is optional, and <c>[#SEQS]</c> is bound only to a word that begins with <c>#</c>.
/// </summary>
internal sealed class Usage(string command, string parameters)
{
    private readonly string[] _parameters = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"{command} {parameters}".TrimEnd();

    /// <exception cref="UsageException">An argument is missing, there is one too many, or a quote is not closed.</exception>
    public CommandArguments Bind(string rest)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in _parameters)
        {
            var optional = parameter[0] == '[';
            var name = parameter.Trim('[', ']');
            if (rest.Length == 0 || (name[0] == '#' && rest[0] != '#'))
            {
                if (optional)
                    continue;
                throw Wrong();
            }

            if (name.EndsWith("...", StringComparison.Ordinal))
                (values[name.TrimEnd('.')], rest) = (rest, "");
            else
                values[name] = TakeWord(ref rest);
        }

        return rest.Length == 0 ? new CommandArguments(values) : throw Wrong();
    }

    private string TakeWord(ref string rest)
    {
        if (rest[0] == '"')
            return TakeQuoted(ref rest);
        var end = rest.AsSpan().IndexOfAny(' ', '\t');
        var word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..].TrimStart();
        return word;
    }

    private string TakeQuoted(ref string rest)
    {
        var word = new StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                rest = rest[(i + 1)..].TrimStart();
                return word.ToString();
            }

            if (rest[i] == '\\' && i + 1 < rest.Length)
                i++;
            word.Append(rest[i]);
        }

        throw new UsageException($"a quote is not closed: {this}");
    }

    private UsageException Wrong() => new($"usage: {this}");
}
