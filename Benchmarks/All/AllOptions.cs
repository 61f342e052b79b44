using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.All;

/// <summary>Which scenarios run, how long, and where their results go.</summary>
public sealed record AllOptions
{
    private const string Soak = "soak";
    private const string OnSqlServer = "sqlserver";

    public bool IsQuick { get; private init; }
    public string? Rounds { get; private init; }
    public string? Server { get; private init; }

    /// <summary>The disk that is meant; null for the one of temporary files.</summary>
    public string? Folder { get; private init; }

    /// <summary>docs/benchmarks, unless another is named: a quick run must name one.</summary>
    public string Results { get; private init; } = "";

    private string[] Only { get; init; } = [];
    private string[] Without { get; init; } = [];

    /// <summary>Where generated databases stay, for the scenarios that follow and for the next run.</summary>
    public string Databases => Path.Combine(Folder ?? Path.GetTempPath(), IsQuick ? "chathub-benchmark-quick-databases" : "chathub-benchmark-databases");

    public static AllOptions Parse(string[] args, IReadOnlyCollection<string> known)
    {
        var options = new AllOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { IsQuick = true },
                "--rounds" => options with { Rounds = SendOptions.Value(args, ref i) },
                "--only" => options with { Only = Names(SendOptions.Value(args, ref i), known) },
                "--without" => options with { Without = Names(SendOptions.Value(args, ref i), known) },
                "--folder" => options with { Folder = Path.GetFullPath(SendOptions.Value(args, ref i)) },
                "--results" => options with { Results = Path.GetFullPath(SendOptions.Value(args, ref i)) },
                "--server" => options with { Server = Path.GetFullPath(SendOptions.Value(args, ref i)) },
                _ => throw new BenchmarkException($"unknown option {args[i]}; there are {AllScenarios.Usage}"),
            };
        }

        if (options.Results != "")
            return options;
        return options.IsQuick
            ? throw new BenchmarkException("a quick run measures nothing: name a folder for its --results")
            : options with { Results = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SendOptions.BuiltBeside())!, "../../../../docs/benchmarks")) };
    }

    /// <summary>Those that are named, or all: but a soak, which takes half an hour, only in a quick run, and what needs a SQL Server where there is one.</summary>
    public bool Includes(string scenario) => !Without.Contains(scenario) && (Only.Length > 0 ? Only.Contains(scenario) : scenario switch
    {
        Soak => IsQuick,
        OnSqlServer => SqlServerDatabase.IsGiven,
        _ => true,
    });

    private static string[] Names(string list, IReadOnlyCollection<string> known)
    {
        var names = list.Split(',');
        return names.All(known.Contains) ? names : throw new BenchmarkException($"scenarios are {string.Join(", ", known)}");
    }
}
