using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ChatHub.Terminal;
using ChatHub.Terminal.FullScreen;
using ChatHub.Terminal.Input;

Console.OutputEncoding = Encoding.UTF8;
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

// The default action would end the program at once and leave the terminal in the state of the full screen.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);

try
{
    var options = ConsoleOptions.Parse(args, Environment.GetEnvironmentVariable);
    if (options.Help)
    {
        await Console.Out.WriteLineAsync(ConsoleOptions.HelpText);
        return ExitCode.Ok;
    }

    if (options.Version)
    {
        await Console.Out.WriteLineAsync($"chathub {typeof(ConsoleApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion}");
        return ExitCode.Ok;
    }

    if (options.Script is null && options.Times && !Console.IsInputRedirected && !Console.IsOutputRedirected)
    {
        var configuration = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.Create);
        return await new FullScreenApp(options, TimeProvider.System, configuration).RunAsync(interrupted.Token);
    }

    using var input = options.Script is { } file and not "-"
        ? new StreamReader(file)
        : new StreamReader(Console.OpenStandardInput());
    return await new ConsoleApp(options, TimeProvider.System)
    {
        Input = input,
        Output = Console.Out,
        Errors = Console.Error,
        IsTerminal = !Console.IsInputRedirected,
        SupportsColors = !Console.IsOutputRedirected,
    }.RunAsync(interrupted.Token);
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return ExitCode.Usage;
}
catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"The script cannot be read: {e.Message}");
    return ExitCode.Usage;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    return ExitCode.Interrupted;
}

void End(PosixSignalContext context)
{
    context.Cancel = true;
    interrupted.Cancel();
}
