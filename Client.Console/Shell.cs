using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Live;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal;

/// <summary>
/// The one loop: it carries out lines and shows events, one thing at a time, so that nothing else needs a lock and the
/// output of a command is never torn.
/// </summary>
internal sealed class Shell(
    TextReader input,
    Screen screen,
    CommandTable commands,
    ControlCommands control,
    ChatSession session,
    LiveFeed feed,
    LivePrinter printer)
{
    /// <summary>Where the failure that ends a script is told.</summary>
    public required Screen Errors { get; init; }

    /// <summary>A script ends at its first failed command; a person goes on.</summary>
    public required bool Scripted { get; init; }

    public required bool Prompts { get; init; }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var reading = ReadAsync(cancellationToken);
        var hearing = feed.WaitAsync(cancellationToken);
        while (true)
        {
            if (Prompts)
                screen.Prompt($"{session.Room?.Peer}> ");
            await Task.WhenAny(reading, hearing);
            if (hearing.IsCompleted)
            {
                await feed.ShowAsync(printer, cancellationToken);
                hearing = feed.WaitAsync(cancellationToken);
            }

            if (!reading.IsCompleted)
                continue;
            screen.EndPrompt();
            if (await reading is not { } line)
                return ExitCode.Ok;
            var code = await ExecuteAsync(line, cancellationToken);
            if (code != ExitCode.Ok || control.QuitWanted)
                return code;
            reading = ReadAsync(cancellationToken);
        }
    }

    // A terminal's read cannot be taken back: on Ctrl+C it is left behind.
    private Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);

    private async Task<int> ExecuteAsync(string text, CancellationToken cancellationToken)
    {
        if (CommandLine.Parse(text) is not { } line)
            return ExitCode.Ok;

        try
        {
            await commands.RunAsync(line, cancellationToken);
            return ExitCode.Ok;
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            var tolerated = !Scripted || (line.MayBeRefused && failure.ExitCode == ExitCode.Refused);
            (tolerated ? screen : Errors).Write(failure.Line);
            return tolerated ? ExitCode.Ok : failure.ExitCode;
        }
    }
}
