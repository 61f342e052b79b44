using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks.Send;

/// <summary>The load of `send` on the embedded database and on a SQL Server, which may be on this machine too: reported, without a goal.</summary>
public static class SqlServerScenario
{
    public static async Task<Report> RunAsync(string[] args)
    {
        var rounds = await SendRounds.MeasureAsync(SendOptions.Parse(args), [Candidates.ChatHubAs("SQLite"), Candidates.OnSqlServer]);
        var report = rounds.ToReport("sqlserver", "A message on SQLite and on SQL Server");
        return report with
        {
            Comparisons = [new(1, 0)],
            Notes = [.. report.Notes, "The CPU of SQL Server itself is not counted; SQLite's is."],
        };
    }
}
