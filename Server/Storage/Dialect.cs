namespace ChatHub.Server.Storage;

/// <summary>Where the two databases' SQL differs. Everything else is written once, in what both understand.</summary>
public abstract class Dialect
{
    /// <summary>Names the folder of its migrations.</summary>
    public abstract string Name { get; }

    /// <summary>At most <c>@take</c> rows; stands after ORDER BY.</summary>
    public abstract string Take { get; }

    /// <summary>A text of printable ASCII as it is stored where it is a key: SQL Server sees no spaces at its end.</summary>
    public abstract string ExactKey(string text);
}
