using System.Runtime.InteropServices;
using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Input;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The program as a person at a terminal sees it, put together.</summary>
internal sealed class FullScreenApp(ConsoleOptions options, TimeProvider time, string configuration)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var loop = new Loop();
        var board = new Board();
        var saved = new SavedSession(configuration, options.Server);
        using var signIn = new SignIn(options.Server, saved, time);
        await using var user = new ScreenUser(signIn, saved, board, loop, time);
        var history = new History(user, board, loop);
        user.CaughtUp += () => _ = history.CatchUpAsync(cancellationToken);
        var screen = new BoardScreen(board, loop, time);
        var commands = new CommandTable(
        [
            .. new ScreenCommands(user, signIn, history, board, loop).All,
            .. new PeopleCommands(user, screen).All,
            .. new RequestCommands(user, screen).All,
            .. new SafetyCommands(user, screen).All,
            .. new SettingsCommands(user, screen).All,
        ], screen);
        var attention = new Attention(user, board, loop, time);
        var keys = new Keyboard(board, commands, user, history, attention, loop);
        using var painter = new TerminalPainter(Console.Out, options.Colors);
        using var resized = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => loop.TryPut(() => { }));

        keys.RepaintWanted += painter.Forget;
        painter.Begin();
        Console.TreatControlCAsInput = true;
        keys.Start(cancellationToken);
        using var ticking = new Timer(_ => loop.TryPut(() => { }), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        if (signIn.Current is { } session)
            await user.EnterAsync(session, cancellationToken);
        await loop.RunAsync(Paint, cancellationToken);
        return ExitCode.Ok;

        void Paint()
        {
            attention.Look(cancellationToken);
            var input = new InputLine(keys.Editor, $"{board.Chat?.Peer.Username}> ");
            var size = (Console.WindowWidth, Console.WindowHeight);
            painter.Show(BoardPainter.Paint(board, input, user.Pending, time.GetLocalNow(), size), size);
        }
    }
}
