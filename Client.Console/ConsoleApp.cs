using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal;

/// <summary>The plain mode, composed over the given streams.</summary>
internal sealed class ConsoleApp(ConsoleOptions options, TimeProvider time)
{
    public required TextReader Input { get; init; }
    public required TextWriter Output { get; init; }
    public required TextWriter Errors { get; init; }

    /// <summary>Whether a person types: then there is a prompt.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether the output supports colours.</summary>
    public bool SupportsColors { get; init; }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var scripted = options.Script is not null;
        var colors = options.Colors && SupportsColors;
        var screen = new Screen(Output, colors, options.Times, time, options.Json);
        var feed = new UpdateFeed();
        await using var session = new ChatSession(options.Server, feed, time);
        var printer = new UpdatePrinter(session, feed, screen, marksSeen: !scripted);
        session.Left += printer.Clear;
        var control = new ControlCommands(feed, printer, time);
        var account = new AccountCommands(session, screen);
        var commands = new CommandTable(
        [
            .. account.All,
            .. new PeopleCommands(session, screen).All,
            .. new RequestCommands(session, screen).All,
            .. new SafetyCommands(session, screen).All,
            .. new SettingsCommands(session, screen).All,
            .. new ChatCommands(session, feed, printer, screen, marksSeen: !scripted).All,
            .. new MessageCommands(session, screen).All,
            .. new ChatViewCommands(session, screen, time).All,
            .. control.All,
        ], screen);
        var shell = new Shell(Input, screen, commands, control, session, feed, printer)
        {
            Errors = new Screen(Errors, colors: false, times: false, time, options.Json),
            Scripted = scripted,
            Prompts = IsTerminal && !scripted,
            Begin = options.Token is { } token
                ? async () => await account.EnterAsync(await TokenSignIn.SessionOfAsync(options.Server, token, cancellationToken), cancellationToken)
                : null,
        };
        return await shell.RunAsync(cancellationToken);
    }
}
