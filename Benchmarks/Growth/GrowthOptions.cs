using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.Growth;

/// <summary>How large and how long a run is.</summary>
public sealed record GrowthOptions
{
    public const string Usage = "[--quick] [--rounds 5] [--calls 150] [--folder DIR: the databases are kept there] [--server DLL]";

    // A sender may ask 20 people a day, and there are 50 senders.
    private const int MostRequests = 1_000;

    public DataSetSize Small { get; private init; } = DataSetSize.Small;
    public DataSetSize Large { get; private init; } = DataSetSize.Large;
    public DataSetSize FullFolder { get; private init; } = DataSetSize.FullFolder;
    public int Rounds { get; private init; } = 5;
    public int Calls { get; private init; } = 150;
    /// <summary>Of each operation, before any is measured.</summary>
    public int WarmUpCalls { get; private init; } = 200;

    public string Server { get; private init; } = "";

    /// <summary>Where both databases lie.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>Whether the folder was named: then what was generated stays, for the next run.</summary>
    public bool KeepsFolder { get; private init; }

    /// <summary>Runs a scenario, and deletes its databases unless their folder was named.</summary>
    public static async Task<Report> RunAsync(string[] args, Func<GrowthOptions, Task<Report>> scenario)
    {
        var options = Parse(args);
        try
        {
            return await scenario(options);
        }
        finally
        {
            if (!options.KeepsFolder && Directory.Exists(options.Folder))
                Directory.Delete(options.Folder, recursive: true);
        }
    }

    private static GrowthOptions Parse(string[] args)
    {
        var options = new GrowthOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with
                {
                    Small = DataSetSize.QuickSmall,
                    Large = DataSetSize.QuickLarge,
                    FullFolder = DataSetSize.QuickFolder,
                    Rounds = 1,
                    Calls = 10,
                    WarmUpCalls = 1,
                },
                "--rounds" => options with { Rounds = SendOptions.Count(args[i], SendOptions.Value(args, ref i), max: 50) },
                "--calls" => options with { Calls = SendOptions.Count(args[i], SendOptions.Value(args, ref i), max: MostRequests) },
                "--folder" => options with { Folder = Path.GetFullPath(SendOptions.Value(args, ref i)), KeepsFolder = true },
                "--server" => options with { Server = Path.GetFullPath(SendOptions.Value(args, ref i)) },
                _ => throw new BenchmarkException($"unknown option {args[i]}; there are {Usage}"),
            };
        }

        if (options.WarmUpCalls + (options.Rounds * options.Calls) > MostRequests)
            throw new BenchmarkException($"rounds times calls may be {MostRequests - options.WarmUpCalls} at the most: the servers let 50 senders ask 20 people each");
        if (!options.KeepsFolder)
            options = options with { Folder = Path.Combine(Path.GetTempPath(), $"chathub-benchmark-{Guid.NewGuid():N}") };
        return options.Server == "" ? options with { Server = SendOptions.BuiltBeside() } : options;
    }
}
