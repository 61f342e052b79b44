namespace ChatHub.Terminal.Input;

/// <summary>A parsed line: <c>-accept alice</c> is the command accept, which may be refused, with the arguments alice.</summary>
internal sealed record CommandLine(string Name, string Rest, bool MayBeRefused)
{
    /// <returns>Null for an empty line or a comment.</returns>
    public static CommandLine? Parse(string text)
    {
        var line = text.Trim();
        if (line.Length == 0 || line[0] == '#')
            return null;

        var mayBeRefused = line[0] == '-';
        if (mayBeRefused)
            line = line[1..].TrimStart();
        var space = line.AsSpan().IndexOfAny(' ', '\t');
        return space < 0
            ? new(line, "", mayBeRefused)
            : new(line[..space], line[space..].TrimStart(), mayBeRefused);
    }
}
