using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal;

/// <summary>
/// The loop of the plain mode: it runs commands and prints updates, one at a time, so that nothing else needs a lock and
/// the output of a command is never interleaved.
/// </summary>
internal sealed class Shell(
    TextReader input,
    Screen screen,
    CommandTable commands,
    ControlCommands control,
    ChatSession session,
    UpdateFeed feed,
    UpdatePrinter printer)
{
    /// <summary>Where the failure that ends a script is written.</summary>
    public required Screen Errors { get; init; }

    /// <summary>A script ends at its first failed command; a person continues.</summary>
    public required bool Scripted { get; init; }

    public required bool Prompts { get; init; }

    /// <summary>What happens before the first line is read.</summary>
    public Func<Task>? Begin { get; init; }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (Begin is not null && await GuardAsync(Begin, mayBeRefused: false) is not ExitCode.Ok and var failed)
            return failed;

        var reading = ReadAsync(cancellationToken);
        var updating = feed.WaitAsync(cancellationToken);
        while (true)
        {
            if (Prompts)
                screen.Prompt($"{session.Chat?.Peer}> ");
            await Task.WhenAny(reading, updating);
            if (updating.IsCompleted)
            {
                await printer.PrintQueuedAsync(cancellationToken);
                updating = feed.WaitAsync(cancellationToken);
            }

            if (!reading.IsCompleted)
                continue;
            screen.EndPrompt();
            if (await reading is not { } line)
                return ExitCode.Ok;
            var code = await ExecuteAsync(line, cancellationToken);
            if (code != ExitCode.Ok || control.QuitRequested)
                return code;
            reading = ReadAsync(cancellationToken);
        }
    }

    // A read of a terminal cannot be cancelled: on Ctrl+C it is abandoned.
    private Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);

    private Task<int> ExecuteAsync(string text, CancellationToken cancellationToken) => CommandLine.Parse(text) is { } line
        ? GuardAsync(() => commands.RunAsync(line, cancellationToken), line.MayBeRefused)
        : Task.FromResult(ExitCode.Ok);

    private async Task<int> GuardAsync(Func<Task> run, bool mayBeRefused)
    {
        try
        {
            await run();
            return ExitCode.Ok;
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            var tolerated = !Scripted || (mayBeRefused && failure.ExitCode == ExitCode.Refused);
            (tolerated ? screen : Errors).Write(failure.Line);
            return tolerated ? ExitCode.Ok : failure.ExitCode;
        }
    }
}
