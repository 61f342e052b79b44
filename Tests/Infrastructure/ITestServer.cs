namespace ChatHub.Tests.Infrastructure;

/// <summary>A running server, wherever it runs.</summary>
public interface ITestServer
{
    Uri Address { get; }

    /// <summary>The server's own database, to look into from outside.</summary>
    TestDatabase Database { get; }
}
