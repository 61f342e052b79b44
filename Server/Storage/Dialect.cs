namespace ChatHub.Server.Storage;

/// <summary>Where the two databases' SQL differs. Everything else is written once, in what both understand.</summary>
public abstract class Dialect
{
    /// <summary>Names the folder of its migrations.</summary>
    public abstract string Name { get; }

    /// <summary>At most <c>@take</c> rows; stands after ORDER BY.</summary>
    public abstract string Take { get; }
}

public sealed class SqliteDialect : Dialect
{
    public override string Name => "Sqlite";
    public override string Take => "LIMIT @take";
}
