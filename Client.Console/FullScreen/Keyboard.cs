using ChatHub.Terminal.Commands;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen;

/// <summary>What keys do: they edit the line, scroll, complete, go back, or carry out what is written.</summary>
internal sealed class Keyboard(Board board, CommandTable commands, ScreenUser user, History history, Attention attention, Loop loop)
{
    public LineEditor Editor { get; } = new();

    /// <summary>Told when the whole screen is to be painted again.</summary>
    public event Action? RepaintWanted;

    private static int RowsAPage => Math.Max(1, Console.WindowHeight - BoardPainter.RowsAround);

    /// <summary>A terminal's read cannot be taken back: the thread that waits for keys ends with the program.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        var reader = new KeyReader(() => Console.ReadKey(intercept: true), () => Console.KeyAvailable);
        var thread = new Thread(() =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var stroke = reader.Next();
                loop.PutAsync(() => Take(stroke, cancellationToken), cancellationToken).Wait(cancellationToken);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
    }

    private void Take(Stroke stroke, CancellationToken cancellationToken)
    {
        if (stroke.Pasted is { } text)
            Insert(text.ReplaceLineEndings("\n").TrimEnd('\n'), cancellationToken);
        else
            Press(stroke.Key, cancellationToken);
    }

    private void Press(ConsoleKeyInfo key, CancellationToken cancellationToken)
    {
        switch (key)
        {
            case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
            case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when Editor.Text.Length == 0:
                loop.End();
                break;
            case { Key: ConsoleKey.L, Modifiers: ConsoleModifiers.Control }:
                RepaintWanted?.Invoke();
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
                attention.EndAdvice();
                board.GoBack();
                break;
            case { Key: ConsoleKey.PageUp }:
                Scroll(RowsAPage, cancellationToken);
                break;
            case { Key: ConsoleKey.PageDown }:
                Scroll(-RowsAPage, cancellationToken);
                break;
            default:
                if (Editor.Press(key))
                    attention.Type(Editor.Text, cancellationToken);
                break;
        }
    }

    private void Insert(string text, CancellationToken cancellationToken)
    {
        Editor.Insert(text);
        attention.Type(Editor.Text, cancellationToken);
    }

    private void Complete()
    {
        var (text, choices) = Completion.Complete(Editor.Text, commands.Names, board.Names);
        Editor.Set(text);
        board.Status = choices.Count > 0 ? new(new Span(string.Join("  ", choices), Tone.Muted)) : null;
    }

    private void Enter(CancellationToken cancellationToken)
    {
        var isSecret = Editor.Text.TrimStart('/').StartsWith("sign", StringComparison.OrdinalIgnoreCase);
        var text = Editor.Take(remember: !isSecret).Trim();
        board.Status = null;
        attention.EndAdvice();
        if (text.Length == 0)
            return;

        var isCommand = text.StartsWith('/') || board.Page != BoardPage.Chat;
        _ = RunAsync(isCommand ? () => CommandAsync(text.TrimStart('/'), cancellationToken) : () => SayAsync(text), cancellationToken);
    }

    private Task CommandAsync(string text, CancellationToken cancellationToken)
    {
        if (CommandLine.Parse(text) is not { } line)
            return Task.CompletedTask;
        board.BeginAnswer();
        return commands.RunAsync(line, cancellationToken);
    }

    private Task SayAsync(string text)
    {
        board.Chat!.ScrollTo(0);
        user.Send(board.Chat.Id, text);
        return Task.CompletedTask;
    }

    /// <summary>Near the top of what is at hand, the page before is read.</summary>
    private void Scroll(int rows, CancellationToken cancellationToken)
    {
        if (board is not { Page: BoardPage.Chat, Chat: { } chat })
        {
            board.ScrolledDown -= rows;
            return;
        }

        chat.Scroll(rows);
        if (rows > 0)
            _ = RunAsync(() => history.ReadEarlierAsync(chat, cancellationToken), cancellationToken);
    }

    /// <summary>The loop goes on meanwhile; a failure becomes the status line.</summary>
    private async Task RunAsync(Func<Task> command, CancellationToken cancellationToken)
    {
        try
        {
            await command();
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            await loop.PutAsync(() => board.Status = failure.Line, cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            await loop.PutAsync(() => board.Status = new(new Span($"! {e.Message}", Tone.Red)), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }
}
