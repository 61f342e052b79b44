using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.Commands;

/// <summary>All commands by name, and the help that lists them.</summary>
internal sealed class CommandTable
{
    private const int HelpIndent = 4;

    private readonly Dictionary<string, Command> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly IScreen _screen;

    public CommandTable(IEnumerable<Command> commands, IScreen screen)
    {
        _screen = screen;
        foreach (var command in commands.Append(new Command("help", "", "this list", HelpAsync)))
            _byName.Add(command.Name, command);
    }

    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>Whether a line begins with the name of a command.</summary>
    public bool Matches(string text) => CommandLine.Parse(text) is { } line && _byName.ContainsKey(line.Name);

    /// <exception cref="UsageException">There is no such command, or its arguments are wrong.</exception>
    public Task RunAsync(CommandLine line, CancellationToken cancellationToken) =>
        _byName.TryGetValue(line.Name, out var command)
            ? command.RunAsync(line.Rest, cancellationToken)
            : throw new UsageException($"unknown command {line.Name}: try help");

    private Task HelpAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var width = _byName.Values.Max(command => command.Usage.ToString().Length);
        foreach (var command in _byName.Values)
            _screen.Write(new Line(new Span(command.Usage.ToString().PadRight(width + 2)), new Span(command.Help, Tone.Muted)) { Indent = HelpIndent });
        return Task.CompletedTask;
    }
}
