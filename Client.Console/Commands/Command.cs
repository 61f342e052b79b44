using ChatHub.Terminal.Input;

namespace ChatHub.Terminal.Commands;

/// <summary>One command: its usage, a line of help, and its action.</summary>
internal sealed class Command(string name, string parameters, string help, Func<CommandArguments, CancellationToken, Task> run)
{
    public string Name => name;
    public Usage Usage { get; } = new(name, parameters);
    public string Help => help;

    /// <exception cref="UsageException">The arguments do not match the usage.</exception>
    public Task RunAsync(string rest, CancellationToken cancellationToken) => run(Usage.Bind(rest), cancellationToken);
}
