using ChatHub.Terminal.Commands;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The keys: they edit the line, scroll, complete, go back, or enter the line.</summary>
internal sealed class Keyboard(
    ScreenModel model, CommandTable commands, ScreenUser user, MessageLoader loader, ActivityReporter activity, EventLoop loop)
{
    private readonly LineRouter _router = new(commands.Matches);

    public LineEditor Editor { get; } = new();

    /// <summary>Raised when the whole screen must be painted again.</summary>
    public event Action? RepaintRequested;

    private static int PageRows => Math.Max(1, Console.WindowHeight - ScreenPainter.FrameRows);

    /// <summary>A read of a terminal cannot be cancelled: the thread that waits for keys ends with the program.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        var reader = new KeyReader(() => Console.ReadKey(intercept: true), () => Console.KeyAvailable);
        var thread = new Thread(() =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var input = reader.Next();
                loop.PostAsync(() => Handle(input, cancellationToken), cancellationToken).Wait(cancellationToken);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
    }

    private void Handle(KeyInput input, CancellationToken cancellationToken)
    {
        if (input.Pasted is { } text)
            Insert(text.ReplaceLineEndings("\n").TrimEnd('\n'), cancellationToken);
        else
            Press(input.Key, cancellationToken);
    }

    private void Press(ConsoleKeyInfo key, CancellationToken cancellationToken)
    {
        switch (key)
        {
            case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
            case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when Editor.Text.Length == 0:
                loop.Stop();
                break;
            case { Key: ConsoleKey.L, Modifiers: ConsoleModifiers.Control }:
                RepaintRequested?.Invoke();
                break;
            case { Key: ConsoleKey.Enter, Modifiers: not 0 }:
                Insert("\n", cancellationToken);
                break;
            case { Key: ConsoleKey.Enter }:
                Enter(cancellationToken);
                break;
            case { Key: ConsoleKey.Tab }:
                Complete();
                break;
            case { Key: ConsoleKey.Escape }:
                activity.EndAdvice();
                model.GoBack();
                break;
            case { Key: ConsoleKey.PageUp }:
                Scroll(PageRows, cancellationToken);
                break;
            case { Key: ConsoleKey.PageDown }:
                Scroll(-PageRows, cancellationToken);
                break;
            default:
                if (Editor.Press(key))
                    activity.OnTyped(Editor.Text, cancellationToken);
                break;
        }
    }

    private void Insert(string text, CancellationToken cancellationToken)
    {
        Editor.Insert(text);
        activity.OnTyped(Editor.Text, cancellationToken);
    }

    private void Complete()
    {
        var (text, choices) = Completion.Complete(Editor.Text, commands.Names, model.Names);
        Editor.Set(text);
        model.Status = choices.Count > 0 ? new(new Span(string.Join("  ", choices), Tone.Muted)) : null;
    }

    private void Enter(CancellationToken cancellationToken)
    {
        model.Status = null;
        activity.EndAdvice();
        var text = Editor.Text.Trim();
        var line = text.Length == 0 ? null : _router.Route(text, model.Page == ScreenPage.Chat);
        if (line is EnteredLine.Question)
        {
            model.Status = new(new Span($"Enter again sends this to {model.Chat!.Peer.Username} as a message · /{text} runs the command", Tone.Muted));
            return;
        }

        var isSecret = text.TrimStart('/').StartsWith("sign", StringComparison.OrdinalIgnoreCase);
        Editor.Take(remember: !isSecret);
        activity.OnTyped("", cancellationToken);
        if (line is EnteredLine.Command command)
            _ = RunAsync(() => CommandAsync(command.Text, cancellationToken), cancellationToken);
        else if (line is EnteredLine.Message message)
            _ = RunAsync(() => SendAsync(message.Text), cancellationToken);
    }

    private Task CommandAsync(string text, CancellationToken cancellationToken)
    {
        if (CommandLine.Parse(text) is not { } line)
            return Task.CompletedTask;
        model.BeginOutput();
        return commands.RunAsync(line, cancellationToken);
    }

    private Task SendAsync(string text)
    {
        model.Chat!.ScrollTo(0);
        user.Send(model.Chat.Id, text);
        return Task.CompletedTask;
    }

    /// <summary>Scrolling up loads the page before.</summary>
    private void Scroll(int rows, CancellationToken cancellationToken)
    {
        if (model is not { Page: ScreenPage.Chat, Chat: { } chat })
        {
            model.ScrolledDown -= rows;
            return;
        }

        chat.Scroll(rows);
        if (rows > 0)
            _ = RunAsync(() => loader.LoadEarlierAsync(chat, cancellationToken), cancellationToken);
    }

    /// <summary>The loop continues meanwhile; a failure becomes the status line.</summary>
    private async Task RunAsync(Func<Task> command, CancellationToken cancellationToken)
    {
        try
        {
            await command();
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            await loop.PostAsync(() => model.Status = failure.Line, cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            await loop.PostAsync(() => model.Status = new(new Span($"! {e.Message}", Tone.Red)), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }
}
