namespace ChatHub.Server.Storage;

public sealed class SqlServerDialect : Dialect
{
    public override string Name => "SqlServer";
    public override bool HasOneWriter => false;
    public override string Take => "OFFSET 0 ROWS FETCH NEXT @take ROWS ONLY";

    public override string DeleteSome(string table, string key, string condition) => $"DELETE TOP (@take) FROM {table} WHERE {condition}";
}
