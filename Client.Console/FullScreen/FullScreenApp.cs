using System.Runtime.InteropServices;
using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Input;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The full screen, composed.</summary>
internal sealed class FullScreenApp(ConsoleOptions options, TimeProvider time, string configuration)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var loop = new EventLoop();
        var model = new ScreenModel();
        var file = new SessionFile(configuration, options.Server, options.Profile);
        using var signIn = new SignIn(options.Server, file, time);
        await using var user = new ScreenUser(signIn, file, model, loop, time);
        var loader = new MessageLoader(user, model, loop);
        user.CaughtUp += () => _ = loader.ReloadAsync(cancellationToken);
        var screen = new OutputScreen(model, loop, time);
        var commands = new CommandTable(
        [
            .. new ScreenCommands(user, signIn, loader, model, loop).All,
            .. new PeopleCommands(user, screen).All,
            .. new RequestCommands(user, screen).All,
            .. new SafetyCommands(user, screen).All,
            .. new SettingsCommands(user, screen).All,
            .. new MessageCommands(user, screen).All,
            .. new ChatViewCommands(user, screen, time).All,
        ], screen);
        var activity = new ActivityReporter(user, model, loop, time);
        var keys = new Keyboard(model, commands, user, loader, activity, loop);
        using var painter = new TerminalPainter(Console.Out, options.Colors);
        using var resized = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => loop.TryPost(() => { }));

        keys.RepaintRequested += painter.Invalidate;
        painter.Begin();
        Console.TreatControlCAsInput = true;
        keys.Start(cancellationToken);
        using var ticking = new Timer(_ => loop.TryPost(() => { }), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        if (options.Token is { } token)
            signIn.Use(await TokenSignIn.SessionOfAsync(signIn.Server, token, cancellationToken));
        if (signIn.Current is { } session)
            await user.EnterAsync(session, cancellationToken);
        await loop.RunAsync(Paint, cancellationToken);
        return ExitCode.Ok;

        void Paint()
        {
            activity.MarkVisible(cancellationToken);
            var input = new InputLine(keys.Editor, model.Prompt);
            var size = (Console.WindowWidth, Console.WindowHeight);
            painter.Paint(ScreenPainter.Paint(model, input, user.Pending, time.GetLocalNow(), size), size);
        }
    }
}
