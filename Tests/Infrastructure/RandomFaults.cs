using System.Globalization;
using ChatHub.Tests.Tds;

namespace ChatHub.Tests.Infrastructure;

/// <summary>
/// A proxy between a server and its SQL Server that injects faults at random: always those that the server hides from its callers;
/// broken COMMITs, whose outcome a caller cannot know, only while a test that settles them says so.
/// </summary>
public sealed class RandomFaults : IAsyncDisposable
{
    /// <summary>Holds the seed: with it every test server's SQL Server is behind such a proxy.</summary>
    public const string Variable = "CHATHUB_TEST_SQLSERVER_FAULTS";

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly TdsProxy _proxy = new(SqlServerTestDatabase.Server.Host, SqlServerTestDatabase.Server.Port) { RecordsRequests = false };
    private readonly Random _random;
    private readonly List<(string Name, TdsRule Rule)> _rules = [];
    private readonly TdsRule _notCommitted;
    private readonly TdsRule _committed;

    /// <param name="seed">Of the faults' order; which statements they meet depends on the run.</param>
    public RandomFaults(int seed)
    {
        _random = new(seed);
        // In thousandths of the requests; a message is seven. Cuts of statements are rare: each empties the pool.
        Add("cut before a statement", 1, IsStatement, TdsAction.Cut());
        Add("cut after a statement", 1, IsStatement, TdsAction.CutAfterwards());
        Add("1205", 10, IsStatement, Fail(1205, 13));
        Add("1222", 5, IsStatement, Fail(1222, 16));
        Add("10928", 5, IsStatement, Fail(10928, 16));
        Add("delay", 5, IsStatement, TdsAction.Delay(Delay));
        Add("1205 in COMMIT", 30, IsCommit, Fail(1205, 13));
        _notCommitted = Add("cut before COMMIT", 40, IsBreakable, TdsAction.Cut());
        _committed = Add("cut after COMMIT", 40, IsBreakable, TdsAction.CutAfterwards());
    }

    public static RandomFaults? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } seed ? new(int.Parse(seed, CultureInfo.InvariantCulture)) : null;

    /// <summary>On 127.0.0.1.</summary>
    public int Port => _proxy.Port;

    /// <summary>Whether connections may break in a COMMIT.</summary>
    public bool BreakCommits { get; set; }

    /// <summary>How many COMMITs were broken.</summary>
    public int BrokenCommits => _notCommitted.Count + _committed.Count;

    /// <summary>How many of them the server had carried out.</summary>
    public int CarriedOut => _committed.Count;

    /// <summary>How many faults of each kind there were.</summary>
    public override string ToString() => string.Join(", ", _rules.Select(one => $"{one.Rule.Count} × {one.Name}"));

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private TdsRule Add(string name, int thousandths, Func<TdsRequest, bool> matches, TdsAction action)
    {
        var rule = _proxy.On(request => matches(request) && Roll(thousandths), action);
        _rules.Add((name, rule));
        return rule;
    }

    private bool Roll(int thousandths)
    {
        lock (_random)
            return _random.Next(1_000) < thousandths;
    }

    // Creating a database is no transaction everywhere: what is half created would not be the server's fault.
    private static bool IsStatement(TdsRequest request) =>
        request.Type is TdsMessageType.SqlBatch or TdsMessageType.Rpc && !IsCommit(request) && !request.Contains(" DATABASE ");

    private static bool IsCommit(TdsRequest request) => request.Text.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);

    private bool IsBreakable(TdsRequest request) => BreakCommits && IsCommit(request);

    private static TdsAction Fail(int number, byte severity) => TdsAction.Fail(new TdsError(number, severity, 1, "injected at random"));
}
