using System.Diagnostics;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>Starting on SQL Server: what prevents it is said in one line, in time; and many may start at once.</summary>
public sealed class SqlServerStartupTests
{
    // Nothing listens there.
    private const string Nowhere = "Server=127.0.0.1,1;Database=chathub;User Id=unknown;Password=not-logged;Encrypt=false";

    [Fact]
    public async Task Unreachable_database_is_retried_and_then_stops_the_start()
    {
        var began = Stopwatch.StartNew();

        var failure = await FailureAsync(("Storage:ConnectionString", Nowhere));

        // Longer than a failover takes.
        Assert.InRange(began.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(55));
        Assert.Contains("The database chathub on 127.0.0.1,1 cannot be used: ", failure, StringComparison.Ordinal);
        Assert.Contains("cannot be used yet", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("not-logged", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auth:SigningKey", "", "Auth:SigningKey")]
    [InlineData("Auth:SigningKey", "too short", "32")]
    [InlineData("Storage:ConnectionString", "Data Source=chathub.db", "Storage:ConnectionString")]
    [InlineData("Storage:ConnectionString", "no connection string", "Storage:ConnectionString")]
    public async Task A_setting_that_cannot_work_stops_the_start_at_once_and_is_named(string key, string value, string named)
    {
        var failure = await FailureAsync(("Storage:ConnectionString", Nowhere), (key, value));

        Assert.Contains(named, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be used yet", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_instances_starting_at_once_create_one_database()
    {
        var database = new SqlServerTestDatabase();
        var servers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ServerProcess.StartAsync(database.Settings)));
        try
        {
            var alice = await Account.SignUpAsync(servers[0], "alice");
            foreach (var server in servers)
            {
                await using var device = await new Account(server.Address, alice.Session).ConnectAsync();
                Assert.Equal(alice.Id, (await device.Hub.GetMe(new())).User.UserId);
            }

            Assert.Single(await database.ListAsync<string>("SELECT value FROM server_state WHERE name = 'epoch'"));
            Assert.Equal(1, servers.Count(server => server.Log.Text.Contains("0001_core", StringComparison.Ordinal)));
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
            await database.DropAsync();
        }
    }

    private static async Task<string> FailureAsync(params (string Key, string Value)[] settings)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var server = await ServerProcess.StartAsync([("Storage:Provider", "SqlServer"), .. settings]);
        });
        Assert.StartsWith("The server ended with 1:", failure.Message, StringComparison.Ordinal);
        Assert.Single(failure.Message.Split("ChatHub cannot start: ")[1..]);
        return failure.Message;
    }
}
