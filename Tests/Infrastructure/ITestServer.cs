namespace ChatHub.Tests.Infrastructure;

/// <summary>A running server, wherever it runs.</summary>
public interface ITestServer
{
    Uri Address { get; }

    /// <summary>The server's own database file, to look into from outside.</summary>
    DatabaseFile Database { get; }
}
