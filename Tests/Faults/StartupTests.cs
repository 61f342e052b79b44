using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>What prevents a start is said in one clear line, at the start.</summary>
public sealed class StartupTests
{
    [Theory]
    [InlineData("Auth:SigningKey", "too short", "32")]
    [InlineData("Auth:AccessTokenMinutes", "0", "AccessTokenMinutes")]
    [InlineData("Messaging:RequestsPerDay", "0", "RequestsPerDay")]
    [InlineData("Storage:Provider", "Oracle", "Provider")]
    [InlineData("Auth:Authority", "https://issuer.example", "Auth:Audience")]
    [InlineData("Auth:Authority", "http://issuer.example", "https")]
    [InlineData("Http:KnownProxies:0", "my proxy", "my proxy")]
    [InlineData("Http:AllowedOrigins:0", "https://app.example/path", "https://app.example/path")]
    [InlineData("Auth:Moderators:0", "alice", "--grant-moderator")]
    [InlineData("Auth:ServiceKeys:0", "a key of too few characters", "32")]
    [InlineData("Auth:RoleClaim", "", "RoleClaim")]
    [InlineData("Shutdown:DrainSeconds", "-1", "DrainSeconds")]
    [InlineData("Redis:Configuration", "localhost,noSuchOption=1", "Redis:Configuration")]
    [InlineData("Storage:ConnectionString", "Data Source=/no/such/folder/chathub.db", "/no/such/folder/chathub.db")]
    public async Task A_setting_that_cannot_work_stops_the_start_and_is_named(string key, string value, string named)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var server = await ServerProcess.StartAsync((key, value));
        });

        Assert.StartsWith("The server ended with 1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ChatHub cannot start: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_configured_key_one_is_kept_beside_the_database_for_its_owner_alone()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "The embedded database's alone: with SqlServer a key has to be given.");
        await using var server = await ServerProcess.StartAsync(("Auth:SigningKey", ""));
        var account = await Account.SignUpAsync(server, "alice");
        var key = Path.ChangeExtension(Assert.IsType<SqliteTestDatabase>(server.Database).FilePath, ".key");
        Assert.True(File.Exists(key));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));

        await server.KillAsync();
        await server.RestartAsync();

        // The same key in the next life: the token is still good.
        await using var device = await account.ConnectAsync();
        Assert.Equal(account.Id, (await device.Hub.GetMe(new())).User.UserId);
        Assert.DoesNotContain(await File.ReadAllTextAsync(key, TestTimeouts.Token), server.Log.Text, StringComparison.Ordinal);
    }
}
