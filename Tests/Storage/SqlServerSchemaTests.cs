using System.Globalization;
using ChatHub.Server.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>What SQL Server demands of a schema and says only when a row comes, or a statement. Needs no server.</summary>
public sealed class SqlServerSchemaTests
{
    private const string Collation = "Latin1_General_BIN2";

    // Of a key's columns, in bytes. A longer one is a warning when it is made and an error (1946) when a row needs it.
    private const int MaxClusteredKey = 900;
    private const int MaxKey = 1_700;

    private static readonly List<CreateTableStatement> Tables = [];
    private static readonly List<CreateIndexStatement> Indexes = [];

    static SqlServerSchemaTests()
    {
        foreach (var migration in Migration.Of(new SqlServerDialect()))
        {
            using var reader = new StringReader(migration.Sql);
            var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out _);
            Tables.AddRange(script.Batches.SelectMany(batch => batch.Statements).OfType<CreateTableStatement>());
            Indexes.AddRange(script.Batches.SelectMany(batch => batch.Statements).OfType<CreateIndexStatement>());
        }
    }

    /// <summary>
    /// A column without one takes the database's: it would compare without case, and, with a column that has another, not at
    /// all (error 468, which a stand-in need not know).
    /// </summary>
    [Fact]
    public void Every_text_column_has_the_same_binary_collation()
    {
        var texts = Tables.SelectMany(table => table.Definition.ColumnDefinitions.Where(IsText)).ToList();

        Assert.InRange(texts.Count, 50, 1_000);
        Assert.All(texts, column => Assert.True(column.Collation?.Value == Collation, column.ColumnIdentifier.Value));
    }

    [Fact]
    public void Every_key_fits_its_index()
    {
        var keys = Tables.SelectMany(Keys).Concat(Indexes.Select(index => (
            Name: index.Name.Value, Table: NameOf(index.OnName), Columns: index.Columns.Select(NameOf), Max: MaxKey))).ToList();

        Assert.InRange(keys.Count, 80, 1_000);
        Assert.All(keys, key => Assert.True(key.Columns.Sum(column => SizeOf(key.Table, column)) <= key.Max, $"{key.Table}.{key.Name}"));
    }

    private static IEnumerable<(string Name, string Table, IEnumerable<string> Columns, int Max)> Keys(CreateTableStatement table)
    {
        var name = NameOf(table.SchemaObjectName);
        foreach (var key in table.Definition.TableConstraints.OfType<UniqueConstraintDefinition>())
            yield return (Of(key), name, key.Columns.Select(NameOf), MaxOf(key));
        foreach (var column in table.Definition.ColumnDefinitions)
        {
            foreach (var key in column.Constraints.OfType<UniqueConstraintDefinition>())
                yield return (Of(key), name, [column.ColumnIdentifier.Value], MaxOf(key));
        }

        static string Of(UniqueConstraintDefinition key) => key.ConstraintIdentifier?.Value ?? (key.IsPrimaryKey ? "primary key" : "unique");
        static int MaxOf(UniqueConstraintDefinition key) => key.IsPrimaryKey ? MaxClusteredKey : MaxKey;
    }

    private static int SizeOf(string table, string name)
    {
        var column = Tables.Single(one => NameOf(one.SchemaObjectName) == table).Definition.ColumnDefinitions
            .Single(one => one.ColumnIdentifier.Value == name);
        var type = (SqlDataTypeReference)column.DataType;
        return type.SqlDataTypeOption switch
        {
            SqlDataTypeOption.BigInt => 8,
            SqlDataTypeOption.Int => 4,
            SqlDataTypeOption.Bit => 1,
            SqlDataTypeOption.Char or SqlDataTypeOption.VarChar => Length(type),
            SqlDataTypeOption.NVarChar => 2 * Length(type),
            var other => throw new InvalidOperationException($"{table}.{name} has the type {other}."),
        };
    }

    // MAX has no place in a key.
    private static int Length(SqlDataTypeReference type) => type.Parameters[0] is MaxLiteral ? 1_000_000 : int.Parse(type.Parameters[0].Value, CultureInfo.InvariantCulture);

    private static bool IsText(ColumnDefinition column) =>
        column.DataType is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Char or SqlDataTypeOption.VarChar or SqlDataTypeOption.NVarChar };

    private static string NameOf(SchemaObjectName name) => name.BaseIdentifier.Value;

    private static string NameOf(ColumnWithSortOrder column) => column.Column.MultiPartIdentifier.Identifiers[^1].Value;
}
