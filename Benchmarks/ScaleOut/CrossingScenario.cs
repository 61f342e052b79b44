using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>What it costs that a message crosses from one instance to another: the `send` load on one instance, and on two with Redis.</summary>
public static class CrossingScenario
{
    public static Task<int> RunAsync(string[] args)
    {
        // Who writes on both instances also has them share the database file; on one, the crossing alone is measured.
        var writersOnBoth = !args.Contains("--one-writer");
        return SendScenario.RunAsync(
            [.. args.Where(arg => arg != "--one-writer")],
            Candidates.StartOneAsync,
            (options, folder, cancellation) => Candidates.StartTwoAsync(options, folder, writersOnBoth, cancellation));
    }
}
