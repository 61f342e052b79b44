using ChatHub.Server.Storage;
using ChatHub.Server.Storage.SqlServer;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>What is made of a connection string for SQL Server. Needs no server.</summary>
public sealed class SqlServerSettingsTests
{
    private const string Given = "Server=db;Database=chathub;User Id=sa;Password=secret";

    [Fact]
    public void Writers_and_readers_together_never_need_more_connections_than_the_pool_has()
    {
        for (var size = 1; size <= 200; size++)
        {
            var (writers, readers) = SqlServerSettings.Places(size);
            Assert.Equal(size, writers + readers);
            Assert.True(writers >= 1 && (readers >= 1 || size == 1));
        }
    }

    [Theory]
    [InlineData("", 15)]
    [InlineData(";Command Timeout=3", 3)]
    [InlineData(";Command Timeout=0", 15)]
    public void A_command_always_has_a_time_out(string more, int seconds) =>
        Assert.Equal(seconds, SqlServerSettings.Parse(Given + more).CommandTimeout);

    [Fact]
    public void Nothing_is_tried_again_behind_an_open_transaction()
    {
        var settings = SqlServerSettings.Parse(Given + ";ConnectRetryCount=5;MultipleActiveResultSets=true");

        Assert.Equal((0, false, false), (settings.ConnectRetryCount, settings.MultipleActiveResultSets, settings.Enlist));
    }

    [Theory]
    [InlineData("Data Source=chathub.db;Password=secret")]
    [InlineData("Server=db;Password=secret")]
    [InlineData("Database=chathub;Password=secret")]
    [InlineData("no connection string, secret")]
    public void What_names_no_server_and_database_is_refused_without_saying_what_it_holds(string given)
    {
        var refused = Assert.Throws<StorageException>(() => SqlServerSettings.Parse(given));

        Assert.Contains("Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }
}
