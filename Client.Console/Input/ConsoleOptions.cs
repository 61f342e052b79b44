namespace ChatHub.Terminal.Input;

/// <summary>The program's own arguments.</summary>
internal sealed record ConsoleOptions
{
    public const string DefaultProfile = "default";

    /// <summary>The environment variable in place of <c>--token</c>, which other users of the machine could see.</summary>
    public const string TokenVariable = "CHATHUB_TOKEN";

    public const string HelpText = """
        chathub [--server URL] [--profile NAME] [--token TOKEN] [--script FILE|-] [--no-color] [--plain] [--json]

          --server URL      the server; http://localhost:5080 by default
          --profile NAME    the full screen stays signed in as one user for each profile, so that several people can
                            use one machine; "default" by default
          --token TOKEN     sign in with an access token instead of a password; better in the environment variable
                            CHATHUB_TOKEN, because arguments are visible to other users of the machine
          --script FILE|-   run the commands of a file, or of standard input, and end at the first that fails;
                            "-" before a command lets it be refused, "#" begins a comment
          --no-color        no colours; so does the environment variable NO_COLOR
          --plain           lines instead of a full screen, no colours and no times: equal input gives equal output
          --json            lines of JSON: each change of the inbox by the name of its event, output and errors as text
          --version         the version of the program
          --help            this page; the command "help" lists the commands

        Exit codes: 0 done, 1 a command of the script was refused, 2 wrong arguments, 3 cannot connect.
        """;

    public Uri Server { get; private init; } = new("http://localhost:5080");

    /// <summary>Under which name the full screen keeps its session.</summary>
    public string Profile { get; private init; } = DefaultProfile;

    /// <summary>An access token to sign in with; null to sign in by password.</summary>
    public string? Token { get; private init; }

    /// <summary>A file, or - for standard input; null when a person types.</summary>
    public string? Script { get; private init; }

    public bool Colors { get; private init; } = true;
    public bool Times { get; private init; } = true;

    /// <summary>Whether programs, not people, read the output.</summary>
    public bool Json { get; private init; }
    public bool Help { get; private init; }
    public bool Version { get; private init; }

    /// <exception cref="UsageException">An argument is unknown, or its value is missing or malformed.</exception>
    public static ConsoleOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var options = new ConsoleOptions
        {
            Colors = string.IsNullOrEmpty(environment("NO_COLOR")),
            Token = environment(TokenVariable) is { Length: > 0 } token ? token : null,
        };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--server" => options with { Server = Address(Value(args, ref i)) },
                "--profile" => options with { Profile = ProfileName(Value(args, ref i)) },
                "--token" => options with { Token = Value(args, ref i) },
                "--script" => options with { Script = Value(args, ref i) },
                "--no-color" => options with { Colors = false },
                "--plain" => options with { Colors = false, Times = false },
                "--json" => options with { Json = true, Colors = false, Times = false },
                "--version" => options with { Version = true },
                "--help" or "-h" => options with { Help = true },
                var unknown => throw new UsageException($"Unknown option {unknown}: try --help."),
            };
        }

        return options;
    }

    /// <summary>Without the token, so that no log can hold it.</summary>
    public override string ToString() => $"ConsoleOptions {{ Server = {Server}, Profile = {Profile} }}";

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new UsageException($"{args[i - 1]} needs a value: try --help.");

    // It becomes the name of a folder.
    private static string ProfileName(string value) =>
        value.Length is > 0 and <= 50 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? value
            : throw new UsageException("--profile needs a name of 1 to 50 letters, digits, - and _.");

    private static Uri Address(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new UsageException("--server needs an address that begins with http:// or https://.");
}
