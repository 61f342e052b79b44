using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>What is T-SQL of SQL Server 2019 is decided by Microsoft's own parser. Needs no server.</summary>
public sealed class SqlServerSyntaxTests
{
    public static TheoryData<string> Migrations => [.. Migration.Of(new SqlServerDialect()).Select(migration => migration.Name)];

    [Theory]
    [MemberData(nameof(Migrations))]
    public void A_migration_is_T_SQL(string name) =>
        Assert.Empty(Errors(Migration.Of(new SqlServerDialect()).Single(migration => migration.Name == name).Sql));

    [Fact]
    public void The_operators_check_is_T_SQL() => Assert.Empty(Errors(File.ReadAllText(Repository.File("deploy/sqlserver/check.sql"))));

    /// <summary>Methods of XML need it, and sqlcmd switches it off.</summary>
    [Fact]
    public void The_operators_check_switches_quoted_identifiers_on_first()
    {
        using var reader = new StringReader(File.ReadAllText(Repository.File("deploy/sqlserver/check.sql")));
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: false).Parse(reader, out _);

        var first = Assert.IsType<PredicateSetStatement>(script.Batches[0].Statements[0]);
        Assert.Equal((SetOptions.QuotedIdentifier, true), (first.Options, first.IsOn));
    }

    [Fact]
    public void What_is_not_T_SQL_is_noticed() => Assert.NotEmpty(Errors("SELECT value FROM server_state LIMIT 1"));

    /// <summary>The parser's complaints.</summary>
    public static IReadOnlyList<string> Errors(string sql)
    {
        using var reader = new StringReader(sql);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return [.. errors.Select(error => $"line {error.Line}, column {error.Column}: {error.Message} in {sql}")];
    }
}
