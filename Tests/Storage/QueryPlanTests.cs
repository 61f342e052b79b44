using System.Text.RegularExpressions;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>How SQLite carries out each statement of the server: what grows with a database, or with one user, is neither read through nor sorted.</summary>
public sealed partial class QueryPlanTests
{
    /// <summary>Statements that do one of the two, by how they begin, with the reason why they may.</summary>
    private static readonly (string Beginning, string Reason)[] Exceptions =
    [
        ("SELECT device, address, begun_at", "a user's sessions"),
        ("SELECT p.subscription_key", "a user's push subscriptions, 20 at the most"),
        ("SELECT subscription_key FROM push_subscriptions", "a user's push subscriptions, 20 at the most"),
        ("SELECT request_id, conversation_id, seq, sender_id", "the evidence of one report, 500 at the most"),
        ("SELECT e.seq, m.sender_key", "the earlier texts of one message"),
        ("SELECT u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified FROM (", "search: a page of names, and one of words"),
        ("SELECT r.report_key, r.report_id, r.reasons", "the moderators' queue ranks the open reports"),
        ("UPDATE outbox SET died_at", "an operator's command"),
    ];

    [Fact]
    public async Task No_statement_reads_through_a_table_or_sorts_what_it_has_read()
    {
        await using var databases = new SqliteDatabases();
        await databases.OpenAsync();
        await using var connection = new SqliteConnection(databases.ConnectionString);
        await connection.OpenAsync(TestTimeouts.Token);

        var plans = new List<(string Sql, string Steps)>();
        foreach (var sql in Statements())
        {
            if (await ExplainAsync(connection, sql) is { } steps)
                plans.Add((sql, steps));
        }

        Assert.InRange(plans.Count, 200, 1_000);
        var bad = plans.Where(plan => ReadsThrough(plan.Steps) || plan.Steps.Contains("USE TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal)).ToList();
        Assert.Empty(bad.Where(plan => !Exceptions.Any(one => plan.Sql.StartsWith(one.Beginning, StringComparison.Ordinal))).Select(plan => $"{plan.Sql}\n{plan.Steps}"));
        Assert.Empty(Exceptions.Where(one => !bad.Any(plan => plan.Sql.StartsWith(one.Beginning, StringComparison.Ordinal))).Select(one => $"needless: {one.Beginning}"));
    }

    /// <summary>The whole ones: a text that another begins with is a part of it.</summary>
    private static List<string> Statements()
    {
        string[] all =
        [
            .. ServerStatements.WithDialect(new SqliteDialect()).Concat(ServerStatements.Fixed()).Concat(ServerStatements.Literals())
                .Select(sql => Spaces().Replace(ServerStatements.WithLists(sql), " ").Trim())
                .Distinct().Order(StringComparer.Ordinal),
        ];
        // Sorted, the texts that begin with another follow it.
        return [.. all.Where((sql, index) => index + 1 == all.Length || !all[index + 1].StartsWith(sql, StringComparison.Ordinal))];
    }

    /// <returns>Null for what is no statement of SQLite's.</returns>
    private static async Task<string?> ExplainAsync(SqliteConnection connection, string sql)
    {
        var parameters = new DynamicParameters();
        foreach (var name in ServerStatements.Parameters(sql))
            parameters.Add(name, 1);
        try
        {
            return string.Join('\n', (await connection.QueryAsync<(long, long, long, string Detail)>($"EXPLAIN QUERY PLAN {sql}", parameters)).Select(step => step.Detail));
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    // A part of the statement that is read like a table has a plan of its own.
    private static bool ReadsThrough(string steps) =>
        Scan().Matches(steps).Any(scan => !steps.Contains($"CO-ROUTINE {scan.Groups[1].Value}", StringComparison.Ordinal));

    // What is read in the order of an index may end before its end.
    [GeneratedRegex(@"^SCAN (?!CONSTANT ROW|\d+-ROW VALUES)(\w+)\b(?! USING (COVERING )?INDEX)", RegexOptions.Multiline)]
    private static partial Regex Scan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
