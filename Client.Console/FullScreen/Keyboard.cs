using ChatHub.Contracts;
using ChatHub.Terminal.Commands;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen;

/// <summary>What keys do: they edit the line, scroll, complete, go back, or carry out what is written.</summary>
internal sealed class Keyboard(Board board, CommandTable commands, ScreenUser user, Attention attention, Loop loop)
{
    private const int RowsAPage = 10;

    private bool _reading;

    public LineEditor Editor { get; } = new();

    /// <summary>A terminal's read cannot be taken back: the thread that waits for keys ends with the program.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        var thread = new Thread(() =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var key = Console.ReadKey(intercept: true);
                loop.PutAsync(() => Press(key, cancellationToken), cancellationToken).Wait(cancellationToken);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
    }

    private void Press(ConsoleKeyInfo key, CancellationToken cancellationToken)
    {
        switch (key)
        {
            case { Key: ConsoleKey.C or ConsoleKey.D, Modifiers: ConsoleModifiers.Control }:
                loop.End();
                break;
            case { Key: ConsoleKey.Enter }:
                Enter(cancellationToken);
                break;
            case { Key: ConsoleKey.Tab }:
                Complete();
                break;
            case { Key: ConsoleKey.Escape }:
                board.GoBack();
                break;
            case { Key: ConsoleKey.PageUp }:
                ScrollUp(cancellationToken);
                break;
            case { Key: ConsoleKey.PageDown } when board.Chat is { } chat:
                chat.ScrolledUp = Math.Max(0, chat.ScrolledUp - RowsAPage);
                break;
            default:
                if (Editor.Press(key))
                    attention.Type(Editor.Text, cancellationToken);
                break;
        }
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
        board.Tips = [];
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
        board.Chat!.ScrolledUp = 0;
        user.Send(board.Chat.Id, text);
        return Task.CompletedTask;
    }

    /// <summary>At the top of what is at hand, the page before is read.</summary>
    private void ScrollUp(CancellationToken cancellationToken)
    {
        if (board is not { Page: BoardPage.Chat, Chat: { } chat })
            return;
        chat.ScrolledUp += RowsAPage;
        if (_reading || !chat.HasEarlier)
            return;
        _reading = true;
        _ = RunAsync(() => ReadEarlierAsync(chat, cancellationToken), cancellationToken);
    }

    private async Task ReadEarlierAsync(ChatView chat, CancellationToken cancellationToken)
    {
        try
        {
            var page = await user.Hub(cancellationToken).GetMessages(new() { ConversationId = chat.Id, Before = chat.Messages[0].Seq, Limit = Limits.PageMax });
            await loop.PutAsync(() => chat.Add(page.Items), cancellationToken);
        }
        finally
        {
            _reading = false;
        }
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
