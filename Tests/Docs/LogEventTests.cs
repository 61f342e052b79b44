using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatHub.Server;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Docs;

/// <summary>The table of log events in docs/operations.md, compared with the code.</summary>
public sealed partial class LogEventTests
{
    [Fact]
    public void Log_events_of_the_code_are_the_rows_of_the_table()
    {
        var code = LogEvents().Select(e => (e.EventId, e.Level.ToString())).Order().ToList();

        Assert.Equal(code.Select(e => e.EventId).Distinct(), code.Select(e => e.EventId));
        Assert.Equal(code, Rows().Order());
    }

    private static IEnumerable<LoggerMessageAttribute> LogEvents() =>
        from type in typeof(ChatHubApplication).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select attribute;

    private static IEnumerable<(int Id, string Level)> Rows() =>
        Row().Matches(File.ReadAllText(Repository.File("docs", "operations.md")))
            .Select(row => (int.Parse(row.Groups[1].ValueSpan, CultureInfo.InvariantCulture), row.Groups[2].Value));

    [GeneratedRegex(@"^\| (\d{4}) \| ([A-Z][a-z]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
