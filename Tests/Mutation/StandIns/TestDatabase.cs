namespace ChatHub.Tests.Infrastructure;

/// <summary>No database.</summary>
public abstract class TestDatabase
{
    public static bool IsSqlServer => false;

    public abstract IEnumerable<(string Key, string Value)> Settings { get; }
}
