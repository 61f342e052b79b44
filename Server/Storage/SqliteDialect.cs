namespace ChatHub.Server.Storage;

public sealed class SqliteDialect : Dialect
{
    public override string Name => "Sqlite";
    public override string Take => "LIMIT @take";

    public override string ExactKey(string text) => text;
}
