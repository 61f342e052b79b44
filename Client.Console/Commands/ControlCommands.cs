using System.Globalization;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>The program's own commands.</summary>
internal sealed class ControlCommands(UpdateFeed feed, UpdatePrinter printer, TimeProvider time)
{
    private const double DefaultSeconds = 10;
    private const double MaxSeconds = 24 * 60 * 60;

    public IReadOnlyList<Command> All =>
    [
        new("wait", "EVENT [SECONDS]", "for scripts: continue after the next event of that name, such as MessageReceived", WaitAsync),
        new("quit", "", "leave the program", Quit),
    ];

    public bool QuitRequested { get; private set; }

    private async Task WaitAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments["EVENT"];
        if (!EventNames.All.Contains(name))
            throw new UsageException($"unknown event {name}: {string.Join(", ", EventNames.All)}");

        var limit = Seconds(arguments.Find("SECONDS"));
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await printer.PrintQueuedAsync(cancellationToken);
            while (!printer.TryTake(name))
            {
                await feed.WaitAsync(either.Token);
                await printer.PrintQueuedAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no {name} within {limit.TotalSeconds:0.###} s");
        }
    }

    private Task Quit(CommandArguments arguments, CancellationToken cancellationToken)
    {
        QuitRequested = true;
        return Task.CompletedTask;
    }

    private static TimeSpan Seconds(string? text)
    {
        var seconds = DefaultSeconds;
        if (text is not null && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds <= MaxSeconds))
            throw new UsageException($"SECONDS is a number up to {MaxSeconds}.");
        return TimeSpan.FromSeconds(seconds);
    }
}
