namespace ChatHub.Server.Storage;

public sealed class SqliteDialect : Dialect
{
    public override string Name => "Sqlite";
    public override bool HasOneWriter => true;
    public override string Take => "LIMIT @take";

    public override string DeleteSome(string table, string key, string condition) =>
        $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {condition} LIMIT @take)";
}
