namespace ChatHub.Benchmarks.Send;

/// <summary>How large and how long a run is.</summary>
public sealed record SendOptions
{
    public const string Usage = "[--pairs 50] [--rounds 8] [--seconds 2] [--folder DIR]";

    /// <summary>Pairs of users: one writes, the other receives.</summary>
    public int Pairs { get; private init; } = 50;
    public int Rounds { get; private init; } = 8;

    /// <summary>How long messages are sent in each round, for each server and depth.</summary>
    public int Seconds { get; private init; } = 2;

    /// <summary>Where the database lies: a folder on the disk that is meant.</summary>
    public string Folder { get; private init; } = Path.GetTempPath();

    public static SendOptions Parse(string[] args)
    {
        var options = new SendOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new BenchmarkException($"{args[i]} wants a value");
            options = args[i] switch
            {
                "--pairs" => options with { Pairs = Count(args[i], value, max: 1000) },
                "--rounds" => options with { Rounds = Count(args[i], value, max: 100) },
                "--seconds" => options with { Seconds = Count(args[i], value, max: 60) },
                "--folder" => options with { Folder = Path.GetFullPath(value) },
                _ => throw new BenchmarkException($"unknown option {args[i]}; there are {Usage}"),
            };
        }

        return options;
    }

    private static int Count(string name, string value, int max) =>
        int.TryParse(value, out var count) && count >= 1 && count <= max
            ? count
            : throw new BenchmarkException($"{name} wants a number from 1 to {max}");
}
