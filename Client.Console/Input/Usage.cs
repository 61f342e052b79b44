namespace ChatHub.Terminal.Input;

/// <summary>
/// What a command takes. The text that help shows is also what arguments are bound by: <c>NAME</c> is one word,
/// <c>TEXT...</c> the rest of the line, <c>[SECONDS]</c> may be left out.
/// </summary>
internal sealed class Usage(string command, string parameters)
{
    private readonly string[] _parameters = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"{command} {parameters}".TrimEnd();

    /// <exception cref="UsageException">Something is missing, or there is too much.</exception>
    public CommandArguments Bind(string rest)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in _parameters)
        {
            var optional = parameter[0] == '[';
            var name = parameter.Trim('[', ']');
            var takesRest = name.EndsWith("...", StringComparison.Ordinal);
            if (rest.Length == 0)
            {
                if (optional)
                    continue;
                throw new UsageException($"usage: {this}");
            }

            var end = takesRest ? -1 : rest.AsSpan().IndexOfAny(' ', '\t');
            values.Add(name.TrimEnd('.'), end < 0 ? rest : rest[..end]);
            rest = end < 0 ? "" : rest[end..].TrimStart();
        }

        return rest.Length == 0 ? new CommandArguments(values) : throw new UsageException($"usage: {this}");
    }
}

/// <summary>A command's arguments, by the names of its usage.</summary>
internal sealed class CommandArguments(IReadOnlyDictionary<string, string> values)
{
    public string this[string name] => values[name];

    /// <summary>Null when it was left out.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);
}
