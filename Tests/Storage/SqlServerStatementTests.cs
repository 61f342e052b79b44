using ChatHub.Server.Storage;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>What holds for each statement that the server sends to SQL Server. Needs no server.</summary>
public sealed class SqlServerStatementTests
{
    [Fact]
    public void Statement_with_dialect_is_T_SQL()
    {
        var statements = ServerStatements.WithDialect(new SqlServerDialect());

        Assert.InRange(statements.Count, 40, 1_000);
        Assert.Empty(statements.SelectMany(Errors));
    }

    [Fact]
    public void Literal_is_T_SQL()
    {
        var statements = ServerStatements.Literals();

        Assert.InRange(statements.Count, 100, 1_000);
        Assert.Empty(statements.SelectMany(Errors));
    }

    /// <summary>SQL Server's parameters have no case (under most collations): two such would be one, with the value of the second.</summary>
    [Fact]
    public void Parameters_differ_in_more_than_case() => Assert.All(
        ServerStatements.WithDialect(new SqlServerDialect()).Concat(ServerStatements.Literals()),
        sql =>
        {
            var names = ServerStatements.Parameters(sql).ToList();
            Assert.True(names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count, sql);
        });

    private static IReadOnlyList<string> Errors(string sql) => SqlServerSyntaxTests.Errors(ServerStatements.WithLists(sql));
}
