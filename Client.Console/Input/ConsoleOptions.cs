namespace ChatHub.Terminal.Input;

/// <summary>The program's own arguments.</summary>
internal sealed record ConsoleOptions
{
    public const string HelpText = """
        chathub [--server URL] [--script FILE|-] [--no-color] [--plain] [--json]

          --server URL      the server, http://localhost:5080 unless told
          --script FILE|-   carry out the commands of a file, or of standard input, and end at the first that fails;
                            "-" before a command lets it be refused, "#" begins a comment
          --no-color        no colours; so does the environment variable NO_COLOR
          --plain           lines instead of a full screen, no colours and no times: the same story gives the same lines
          --json            lines of JSON: events as they are on the wire, answers and failures as text
          --help            this page; the command "help" lists the commands

        Exit codes: 0 done, 1 a command of the script was refused, 2 called wrongly, 3 cannot connect.
        """;

    public Uri Server { get; private init; } = new("http://localhost:5080");

    /// <summary>A file, or - for standard input; null when a person types.</summary>
    public string? Script { get; private init; }

    public bool Colors { get; private init; } = true;
    public bool Times { get; private init; } = true;

    /// <summary>Whether programs, not people, read the output.</summary>
    public bool Json { get; private init; }
    public bool Help { get; private init; }

    /// <exception cref="UsageException">An argument is unknown, or its value is missing or malformed.</exception>
    public static ConsoleOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var options = new ConsoleOptions { Colors = string.IsNullOrEmpty(environment("NO_COLOR")) };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--server" => options with { Server = Address(Value(args, ref i)) },
                "--script" => options with { Script = Value(args, ref i) },
                "--no-color" => options with { Colors = false },
                "--plain" => options with { Colors = false, Times = false },
                "--json" => options with { Json = true, Colors = false, Times = false },
                "--help" or "-h" => options with { Help = true },
                var unknown => throw new UsageException($"Unknown option {unknown}: try --help."),
            };
        }

        return options;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new UsageException($"{args[i - 1]} needs a value: try --help.");

    private static Uri Address(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new UsageException("--server needs an address that begins with http:// or https://.");
}
