using System.Globalization;
using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Telemetry;

/// <summary>What a server's metrics are to Prometheus.</summary>
internal sealed partial class PrometheusScrape(string text)
{
    /// <summary>The setting that gives a server a listener for its metrics.</summary>
    public static readonly (string Key, string Value) Setting = ("Telemetry:PrometheusUrl", "http://127.0.0.1:0");

    private const string Served = "Metrics are served at ";

    // What Prometheus 3 sends: it would take names with dots as well.
    private const string Accept =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

    public string Text => text;

    /// <summary>Names of series: a histogram has three. Not the times at which they were created.</summary>
    public IReadOnlySet<string> Names { get; } = Sample().Matches(text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Where a server with the setting serves them.</summary>
    public static async Task<Uri> AddressOfAsync(ServerProcess server) => new((await server.Log.FindAsync(Served)).Split(Served)[1]);

    public static async Task<PrometheusScrape> ReadAsync(Uri address)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Accept", Accept);
        return new(await http.GetStringAsync(address, TestTimeouts.Token));
    }

    /// <summary>Scrapes until it is so: a value is there only once it was scraped.</summary>
    public static async Task<PrometheusScrape> UntilAsync(Uri address, Func<PrometheusScrape, bool> holds)
    {
        for (var scrape = await ReadAsync(address); ; scrape = await ReadAsync(address))
        {
            if (holds(scrape))
                return scrape;
            await Task.Delay(100, TestTimeouts.Token);
        }
    }

    /// <summary>The sum over the series of this name that have all the labels.</summary>
    public double Value(string name, params string[] labels)
    {
        var lines = text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && (line[name.Length] is '{' or ' ')
            && Array.TrueForAll(labels, label => line.Contains(label, StringComparison.Ordinal))).ToList();
        Assert.True(lines.Count > 0, $"{name} {string.Join(' ', labels)} is not in:\n{text}");
        return lines.Sum(line => double.Parse(
            line[(line.IndexOf("} ", StringComparison.Ordinal) is var end and >= 0 ? end + 2 : name.Length + 1)..].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("^([a-z][a-zA-Z0-9_]*)(?<!_created)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
