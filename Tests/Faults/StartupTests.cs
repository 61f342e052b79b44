using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>What prevents a start is said in one clear line, at the start.</summary>
public sealed class StartupTests
{
    /// <summary>One of each stage: the composition, the check of the settings, listening. The console has that one line.</summary>
    [Theory]
    [InlineData("Logging:LogLevel:Default", "Loud", "Loud")]
    [InlineData("Auth:SigningKey", "too short", "32")]
    [InlineData("Urls", "https://127.0.0.1:0", "certificate")]
    public async Task Process_with_a_setting_that_cannot_work_ends_with_1_and_one_line_that_names_it(string key, string value, string named)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var server = await ServerProcess.StartAsync((key, value));
        });

        Assert.StartsWith("The server ended with 1:", failure.Message, StringComparison.Ordinal);
        var lines = failure.Message.Split('\n');
        Assert.Contains(named, Assert.Single(lines, line => line.Contains("ChatHub cannot start: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        // One line, and no stack trace beside it.
        Assert.Single(lines, line => line.StartsWith("crit: ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("fail: ", StringComparison.Ordinal) || line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }

    [Theory]
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
    [InlineData("Storage:ConnectionString", "chathub.db", "Storage:ConnectionString")]
    [InlineData("Storage:ConnectionString", "Data Source=chathub.db;Password=hunter22", "password")]
    [InlineData("Storage:ConnectionString", "Data Source=chathub.db;Mode=ReadOnly", "Mode=ReadOnly")]
    [InlineData("Storage:ConnectionString", "Data Source=chathub.db;Nonsense=1", "Storage:ConnectionString")]
    [InlineData("Messaging:RequestsPerDay", "abc", "Messaging:RequestsPerDay")]
    [InlineData("Limits:Burst", "9999999999", "Limits:Burst")]
    [InlineData("Urls", "localhost:5080", "Urls")]
    [InlineData("Urls", "127.0.0.1:0", "Urls")]
    [InlineData("Urls", "ftp://127.0.0.1:0", "Urls")]
    [InlineData("Urls", "http://127.0.0.1:0/chat", "Http:PathBase")]
    [InlineData("Urls", "http://127.0.0.1:99999", "Urls")]
    [InlineData("Urls", "http://192.0.2.1:1", "192.0.2.1")]
    [InlineData("Kestrel:Endpoints:Web:Url", "localhost", "Kestrel:Endpoints:Web:Url")]
    [InlineData("Kestrel:Certificates:Default:Path", "/no/such/certificate.pem", "certificate.pem")]
    [InlineData("Http:PathBase", "chat", "Http:PathBase")]
    public async Task A_setting_that_cannot_work_stops_the_start_and_is_named(string key, string value, string named)
    {
        using var folder = new TempFolder();
        var settings = ServerSettings.For(TestDatabase.New(folder), (key, value));
        var log = new OutputLog();

        var exitCode = await Startup.RunAsync(
            [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")], builder => builder.Logging.ClearProviders().AddProvider(new OutputLogProvider(log))).SoonAsync();

        Assert.Equal(1, exitCode);
        var lines = log.Text.Split('\n');
        Assert.Contains(named, Assert.Single(lines, line => line.Contains("ChatHub cannot start: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        // One line, and no stack trace beside it.
        Assert.Single(lines, line => line.StartsWith("Critical: ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("Error: ", StringComparison.Ordinal) || line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter22", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_stops_the_start_with_one_line()
    {
        await using var first = await ServerProcess.StartAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var second = await ServerProcess.StartAsync(("Urls", first.Address.GetLeftPart(UriPartial.Authority)));
        });

        Assert.Contains($"{first.Address.Port}", Assert.Single(failure.Message.Split('\n'), line => line.Contains("ChatHub cannot start: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_its_database_stops_the_start_and_says_what_to_do()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "The embedded database's alone.");
        await using var server = await ServerProcess.StartAsync(("Auth:SigningKey", ""));
        var path = Assert.IsType<SqliteTestDatabase>(server.Database).FilePath;
        await server.KillAsync();
        string[] files = [path, $"{path}-wal", $"{path}-shm"];
        foreach (var file in files)
            File.Move(file, $"{file}.away");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(server.RestartAsync);
        Assert.Contains($"its database {path} is not: put the database back", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));

        foreach (var file in files)
            File.Move($"{file}.away", file);
        await server.RestartAsync();
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
