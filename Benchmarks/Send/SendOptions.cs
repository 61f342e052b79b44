namespace ChatHub.Benchmarks.Send;

/// <summary>How large and how long a run is.</summary>
public sealed record SendOptions
{
    public const string Usage = "[--quick] [--pairs 50] [--in-flight 1,4] [--rounds 8] [--seconds 2] [--client-ids random,ordered] [--protocol json|messagepack] [--folder DIR] [--server DLL] [--against DLL]";

    private const int QuickUsers = 20;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    /// <summary>Pairs of users: one writes, the other receives.</summary>
    public int Pairs { get; private init; } = 50;

    /// <summary>How long a `soak` is.</summary>
    public int Minutes { get; private init; } = 30;

    /// <summary>Whether the run only shows that everything works.</summary>
    public bool IsQuick { get; private init; }

    /// <summary>Users who are connected and silent, beside the pairs (`crowd`).</summary>
    public int Silent { get; private init; }

    /// <summary>All users that there are.</summary>
    public int Users => (2 * Pairs) + Silent;

    /// <summary>How many messages of a pair may wait for their acknowledgement; each is measured by itself.</summary>
    public IReadOnlyList<int> InFlight { get; private init; } = [1, 4];
    public int Rounds { get; private init; } = 8;

    /// <summary>How long messages are sent in each round, for each server and depth.</summary>
    public TimeSpan Sending { get; private init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long each server runs unmeasured.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often it does: its code is compiled in two tiers.</summary>
    public int WarmUpSteps { get; private init; } = 2;

    /// <summary>How clients make their messages' ids: each kind is measured by itself. The first one is that of all other scenarios.</summary>
    public IReadOnlyList<ClientIdKind> ClientIds { get; private init; } = [ClientIdKind.Random, ClientIdKind.Ordered];

    /// <summary>What makes the ids where only one kind is measured.</summary>
    public Func<Guid> NewClientId => ClientIds[0].New;

    /// <summary>Whether ChatHub over MessagePack is measured against ChatHub over JSON, and not ChatHub against the control.</summary>
    public bool IsMessagePack { get; private init; }

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
                "--quick" => options with { Pairs = 2, Rounds = 1, Sending = Moment, WarmUp = Moment, WarmUpSteps = 1, Silent = Math.Min(options.Silent, QuickUsers), IsQuick = true },
                "--pairs" => options with { Pairs = Count(name, Value(args, ref i), max: 1000) },
                "--users" => options with { Silent = Count(name, Value(args, ref i), max: 100_000) },
                "--minutes" => options with { Minutes = Count(name, Value(args, ref i), max: 10_000) },
                "--in-flight" => options with { InFlight = [.. Value(args, ref i).Split(',').Select(depth => Count(name, depth, max: 16))] },
                "--rounds" => options with { Rounds = Count(name, Value(args, ref i), max: 100) },
                "--seconds" => options with { Sending = TimeSpan.FromSeconds(Count(name, Value(args, ref i), max: 60)) },
                "--client-ids" => options with { ClientIds = [.. Value(args, ref i).Split(',').Select(ClientIdKind.Parse)] },
                "--protocol" => options with { IsMessagePack = IsMessagePackNamed(Value(args, ref i)) },
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

    private static bool IsMessagePackNamed(string protocol) => protocol switch
    {
        "json" => false,
        "messagepack" => true,
        _ => throw new BenchmarkException("--protocol wants json or messagepack"),
    };

    /// <summary>The value that follows the option at <paramref name="i"/>, which moves on to it.</summary>
    internal static string Value(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new BenchmarkException($"{args[i - 1]} wants a value");

    internal static int Count(string name, string value, int max) =>
        int.TryParse(value, out var count) && count >= 1 && count <= max
            ? count
            : throw new BenchmarkException($"{name} wants a number from 1 to {max}");
}
