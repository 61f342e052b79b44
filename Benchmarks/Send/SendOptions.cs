namespace ChatHub.Benchmarks.Send;

/// <summary>How large and how long a run is.</summary>
public sealed record SendOptions
{
    public const string Usage = "[--quick] [--pairs 50] [--in-flight 1,4] [--rounds 8] [--seconds 2] [--client-ids ordered|random] [--folder DIR] [--server DLL] [--against DLL]";

    /// <summary>Pairs of users: one writes, the other receives.</summary>
    public int Pairs { get; private init; } = 50;

    /// <summary>How many messages of a pair may wait for their acknowledgement; each is measured by itself.</summary>
    public IReadOnlyList<int> InFlight { get; private init; } = [1, 4];
    public int Rounds { get; private init; } = 8;

    /// <summary>How long messages are sent in each round, for each server and depth.</summary>
    public int Seconds { get; private init; } = 2;

    /// <summary>How long each server runs unmeasured, and how often: its code is compiled in two tiers.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(4);

    public TimeSpan Sending => TimeSpan.FromSeconds(Seconds);

    /// <summary>
    /// How a client makes its messages' ids: ordered by time, as the SDK does, so that the server's index grows at one end;
    /// or at random, so that each lands on a page of its own.
    /// </summary>
    public Func<Guid> NewClientId { get; private init; } = Guid.CreateVersion7;

    /// <summary>Where the database lies: a folder on the disk that is meant.</summary>
    public string Folder { get; private init; } = Path.GetTempPath();

    /// <summary>The server that is measured: the build beside this one's, unless another is named.</summary>
    public string Server { get; private init; } = "";

    /// <summary>Another build of the server to measure against, instead of the control: what a change has gained.</summary>
    public string? Against { get; private init; }

    public static SendOptions Parse(string[] args)
    {
        var options = new SendOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            options = name switch
            {
                "--quick" => options with { Pairs = 2, Rounds = 1, Seconds = 1, WarmUp = TimeSpan.FromMilliseconds(100) },
                "--pairs" => options with { Pairs = Count(name, Value(args, ref i), max: 1000) },
                "--in-flight" => options with { InFlight = [.. Value(args, ref i).Split(',').Select(depth => Count(name, depth, max: 16))] },
                "--rounds" => options with { Rounds = Count(name, Value(args, ref i), max: 100) },
                "--seconds" => options with { Seconds = Count(name, Value(args, ref i), max: 60) },
                "--client-ids" => options with { NewClientId = ClientIds(Value(args, ref i)) },
                "--folder" => options with { Folder = Path.GetFullPath(Value(args, ref i)) },
                "--server" => options with { Server = Path.GetFullPath(Value(args, ref i)) },
                "--against" => options with { Against = Path.GetFullPath(Value(args, ref i)) },
                _ => throw new BenchmarkException($"unknown option {name}; there are {Usage}"),
            };
        }

        return options.Server == "" ? options with { Server = BuiltBeside() } : options;
    }

    internal static string BuiltBeside()
    {
        var built = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var (framework, configuration) = (Path.GetFileName(built), Path.GetFileName(Path.GetDirectoryName(built)!));
        if (configuration != "Release")
            throw new BenchmarkException("only a Release build may be measured: dotnet run -c Release --project Benchmarks -- send");
        return Path.GetFullPath(Path.Combine(built, "../../../../Server/bin", configuration, framework, "Server.dll"));
    }

    private static Func<Guid> ClientIds(string value) => value switch
    {
        "ordered" => Guid.CreateVersion7,
        "random" => Guid.NewGuid,
        _ => throw new BenchmarkException("--client-ids wants ordered or random"),
    };

    /// <summary>The value that follows the option at <paramref name="i"/>, which moves on to it.</summary>
    internal static string Value(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new BenchmarkException($"{args[i - 1]} wants a value");

    internal static int Count(string name, string value, int max) =>
        int.TryParse(value, out var count) && count >= 1 && count <= max
            ? count
            : throw new BenchmarkException($"{name} wants a number from 1 to {max}");
}
