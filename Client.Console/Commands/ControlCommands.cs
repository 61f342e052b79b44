using System.Globalization;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Live;

namespace ChatHub.Terminal.Commands;

/// <summary>The program's own commands.</summary>
internal sealed class ControlCommands(LiveFeed feed, LivePrinter printer, TimeProvider time)
{
    private const double DefaultSeconds = 10;
    private const double MostSeconds = 24 * 60 * 60;

    public IReadOnlyList<Command> All =>
    [
        new("wait", "EVENT [SECONDS]", "for scripts: go on after the next event of that name, such as MessageReceived", WaitAsync),
        new("quit", "", "leave", Quit),
    ];

    public bool QuitWanted { get; private set; }

    private async Task WaitAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments["EVENT"];
        if (!LiveFeed.Names.Contains(name))
            throw new UsageException($"unknown event {name}: {string.Join(", ", LiveFeed.Names)}");

        var limit = Seconds(arguments.Find("SECONDS"));
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await feed.ShowAsync(printer, cancellationToken);
            while (!feed.TryTake(name))
            {
                await feed.WaitAsync(either.Token);
                await feed.ShowAsync(printer, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no {name} within {limit.TotalSeconds:0.###} s");
        }
    }

    private Task Quit(CommandArguments arguments, CancellationToken cancellationToken)
    {
        QuitWanted = true;
        return Task.CompletedTask;
    }

    private static TimeSpan Seconds(string? text)
    {
        var seconds = DefaultSeconds;
        if (text is not null && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds <= MostSeconds))
            throw new UsageException($"SECONDS is a number up to {MostSeconds}.");
        return TimeSpan.FromSeconds(seconds);
    }
}
