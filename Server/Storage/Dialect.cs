namespace ChatHub.Server.Storage;

/// <summary>Where the two databases' SQL differs. Everything else is written once, in what both understand.</summary>
public abstract class Dialect
{
    /// <summary>Names the folder of its migrations.</summary>
    public abstract string Name { get; }

    /// <summary>Whether all writes of a process pass one writer, one group of them after the other, while no other process writes.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>At most <c>@take</c> rows; stands after ORDER BY.</summary>
    public abstract string Take { get; }

    /// <summary>Deletes at most <c>@take</c> of the rows for which the condition holds.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="key">Its primary key's columns.</param>
    /// <param name="condition">Over its columns and parameters.</param>
    public abstract string DeleteSome(string table, string key, string condition);
}
