namespace ChatHub.Tests.Storage;

/// <summary>The suite on SQL Server.</summary>
public sealed class SqlServerDatabaseTests() : DatabaseTests(new SqlServerDatabases());
