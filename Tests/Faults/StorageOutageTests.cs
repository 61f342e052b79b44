using System.Net;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Storage that cannot be written: callers get unavailable and nothing was done, readiness goes red, what was acknowledged is
/// in the file that the path names, and all is well again once it can be written.
/// </summary>
public sealed class StorageOutageTests
{
    [Fact]
    public async Task A_full_disk_refuses_who_writes_and_lets_read_until_there_is_space_again()
    {
        SkipOnSqlServer();
        using var disk = new SmallDisk(megabytes: 6);
        await using var server = await ServerProcess.StartAsync(("Storage:ConnectionString", $"Data Source={disk.File("chathub.db")}"));
        await using var chat = await server.OpenChatAsync();
        await UntilAsync(server, "ok");

        disk.Fill();
        var (written, text) = (1L, new string('x', 4_000));
        ChatHubException? refused = null;
        var clientId = "";
        while (refused is null)
        {
            // What fits into the blocks that the files have already is stored, and acknowledged rightly.
            clientId = UserActions.NewClientId();
            refused = await SayAsync(chat, text, clientId);
            written += refused is null ? 1 : 0;
        }

        AssertUnavailable(refused);
        await UntilAsync(server, "down");
        Assert.Equal(written, (await chat.Bob.Hub.GetConversation(new() { ConversationId = chat.Id })).LastSeq);
        AssertUnavailable(await server.HttpAsync("POST", "/api/accounts", Credentials.None, NewAccount()));
        await server.Log.FindAsync("The database cannot be written").SoonAsync();
        Assert.Single(server.Log.Text.Split('\n'), line => line.Contains("The database cannot be written", StringComparison.Ordinal));

        disk.Free();
        await UntilAsync(server, "ok");
        Assert.Equal(written + 1, (await chat.Alice.SayAsync(chat.Id, text, clientId)).Message.Seq);
        Assert.Equal(HttpStatusCode.Created, (await server.HttpAsync("POST", "/api/accounts", Credentials.None, NewAccount())).Status);
    }

    [Fact]
    public async Task A_file_that_another_program_has_locked_is_waited_for_and_then_refused()
    {
        SkipOnSqlServer();
        await using var server = await ServerProcess.StartAsync();
        await using var chat = await server.OpenChatAsync();
        await using (var other = new SqliteConnection($"Data Source={PathOf(server)};Pooling=False"))
        {
            await other.OpenAsync(TestTimeouts.Token);
            await using var locking = other.CreateCommand();
            locking.CommandText = "BEGIN IMMEDIATE";
            await locking.ExecuteNonQueryAsync(TestTimeouts.Token);

            await UntilAsync(server, "down");
            AssertUnavailable(Assert.IsType<ChatHubException>(await SayAsync(chat, "Anybody there?", "once")));
        }

        await UntilAsync(server, "ok");
        Assert.Equal(2, (await chat.Alice.SayAsync(chat.Id, "Anybody there?", "once")).Message.Seq);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_was_moved_away_acknowledges_nothing_until_it_is_back(bool isReplaced)
    {
        SkipOnSqlServer();
        await using var server = await ServerProcess.StartAsync();
        await using var chat = await server.OpenChatAsync();
        var (path, away) = (PathOf(server), $"{PathOf(server)}.away");
        var acknowledged = (await chat.Alice.SayAsync(chat.Id, "Before")).Message.Seq;

        File.Move(path, away);
        if (isReplaced)
            await File.WriteAllBytesAsync(path, await File.ReadAllBytesAsync(away, TestTimeouts.Token), TestTimeouts.Token);
        AssertUnavailable(Assert.IsType<ChatHubException>(await SayAsync(chat, "Lost?", "once")));
        await UntilAsync(server, "down");
        Assert.Equal(isReplaced, File.Exists(path));

        File.Move(away, path, overwrite: true);
        await UntilAsync(server, "ok");
        Assert.Equal(acknowledged + 1, (await chat.Alice.SayAsync(chat.Id, "Lost?", "once")).Message.Seq);
        Assert.Equal(
            ["Before", "Lost?"], await server.Database.ListAsync<string>("SELECT text FROM messages WHERE seq > 1 ORDER BY seq"));
    }

    [Theory]
    [InlineData(false, "-wal")]
    [InlineData(true, "-wal")]
    [InlineData(false, "-shm")]
    [InlineData(true, "-shm")]
    [InlineData(false, "-wal", "-shm")]
    [InlineData(true, "-wal", "-shm")]
    public async Task A_write_ahead_log_or_index_that_was_deleted_acknowledges_nothing_more_and_what_was_is_kept(bool isKilled, params string[] files)
    {
        SkipOnSqlServer();
        await using var server = await ServerProcess.StartAsync();
        await using (var chat = await server.OpenChatAsync())
        {
            await chat.Alice.SayAsync(chat.Id, "Before");
            foreach (var file in files)
                File.Delete(PathOf(server) + file);
            // More at once than the connections for reading that are open already: those that are opened now do not find it.
            await Task.WhenAll(Enumerable.Range(0, 64).Select(i => TryReadAsync(i % 2 == 0 ? chat.Alice : chat.Bob, chat.Id)));
            for (var i = 0; i < 3; i++)
                AssertUnavailable(Assert.IsType<ChatHubException>(await SayAsync(chat, "Lost?", $"{i}")));
            await UntilAsync(server, "down");
        }

        if (isKilled)
        {
            await server.KillAsync();
        }
        else
        {
            await server.StopAsync();
        }

        await server.RestartAsync();
        Assert.Equal(["Before"], await server.Database.ListAsync<string>("SELECT text FROM messages WHERE seq > 1"));
    }

    [Fact]
    public async Task What_another_process_wrote_after_the_index_was_deleted_is_kept()
    {
        SkipOnSqlServer();
        await using var server = await ServerProcess.StartAsync();
        await using (var chat = await server.OpenChatAsync())
        {
            await chat.Alice.SayAsync(chat.Id, "Before");
            File.Delete($"{PathOf(server)}-shm");
            await server.Database.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('another process', 'wrote')");
            AssertUnavailable(Assert.IsType<ChatHubException>(await SayAsync(chat, "Lost?", "once")));
        }

        await server.StopAsync();
        await server.RestartAsync();
        Assert.Equal(["wrote"], await server.Database.ListAsync<string>("SELECT value FROM server_state WHERE name = 'another process'"));
        Assert.Equal(["Before"], await server.Database.ListAsync<string>("SELECT text FROM messages WHERE seq > 1"));
    }

    [Fact]
    public async Task A_damaged_page_fails_the_calls_that_need_it_and_a_damaged_first_page_stops_the_start()
    {
        SkipOnSqlServer();
        await using var server = await ServerProcess.StartAsync();
        await using (var damaged = await server.OpenChatAsync())
        await using (var sound = await server.OpenChatAsync())
        {
            const string marker = "on the damaged page";
            for (var i = 0; i < 20; i++)
                await damaged.Alice.SayAsync(damaged.Id, $"{marker} {i:00} {new string('x', 900)}");
            await server.StopAsync();
            await DamagePageAsync(PathOf(server), $"{marker} 10");
            await server.RestartAsync();

            await using var reader = await damaged.Bob.Account.ConnectAsync();
            AssertUnavailable(await Assert.ThrowsAsync<ChatHubException>(() => reader.Hub.GetMessages(new() { ConversationId = damaged.Id, After = 1 })));
            await using var sender = await sound.Alice.Account.ConnectAsync();
            Assert.Equal(2, (await sender.SayAsync(sound.Id, "Unharmed")).Message.Seq);
            Assert.Equal("Unharmed", (await sender.MessageAsync(sound.Id, 2)).Text);
            await UntilAsync(server, "ok");
            await server.Log.FindAsync("The database file is damaged").SoonAsync();
            Assert.Single(server.Log.Text.Split('\n'), line => line.Contains("The database file is damaged", StringComparison.Ordinal));
            Assert.DoesNotContain("fail: ", server.Log.Text, StringComparison.Ordinal);
        }

        await server.StopAsync();
        await DamagePageAsync(PathOf(server), "SQLite format 3");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(server.RestartAsync);
        Assert.Contains("is not a database", Assert.Single(failure.Message.Split('\n'), line => line.Contains("ChatHub cannot start: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    /// <summary>Overwrites the page that holds the text.</summary>
    private static async Task DamagePageAsync(string path, string text)
    {
        const int pageSize = 4096;
        var file = await File.ReadAllBytesAsync(path, TestTimeouts.Token);
        var page = file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) / pageSize;
        Assert.InRange(page, 0, file.Length);
        new Random(page).NextBytes(file.AsSpan(page * pageSize, pageSize));
        await File.WriteAllBytesAsync(path, file, TestTimeouts.Token);
    }

    private static async Task<ChatHubException?> SayAsync(Chat chat, string text, string clientId)
    {
        try
        {
            await chat.Alice.SayAsync(chat.Id, text, clientId).SoonAsync();
            return null;
        }
        catch (ChatHubException e)
        {
            return e;
        }
    }

    private static async Task TryReadAsync(Device device, string conversationId)
    {
        try
        {
            await device.Hub.GetMessages(new() { ConversationId = conversationId });
        }
        catch (ChatHubException e)
        {
            AssertUnavailable(e);
        }
    }

    private static void AssertUnavailable(ChatHubException refused)
    {
        Assert.Equal(ErrorCodes.Unavailable, refused.Code);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
    }

    private static void AssertUnavailable(HttpResult answer)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, ErrorCodes.Unavailable), (answer.Status, answer.Code));
        Assert.NotNull(answer.Header("Retry-After"));
    }

    private static async Task UntilAsync(ServerProcess server, string state)
    {
        // As a balancer asks.
        using var limit = new CancellationTokenSource(TestTimeouts.Limit);
        while (await DatabaseAsync(server) != state)
            await Task.Delay(200, limit.Token);
    }

    private static async Task<string?> DatabaseAsync(ServerProcess server)
    {
        var answer = await server.HttpAsync("GET", "/health/ready", Credentials.None);
        var state = answer.Read<Health>().Dependencies["database"];
        Assert.Equal(state == "ok" ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.Status);
        return state;
    }

    private static string PathOf(ServerProcess server) => Assert.IsType<SqliteTestDatabase>(server.Database).FilePath;

    private static SignUpInput NewAccount() => new() { Username = Account.UniqueName("n"), Password = Account.Password, BirthDate = "1990-01-01" };

    private static void SkipOnSqlServer() => Assert.SkipWhen(TestDatabase.IsSqlServer, "The embedded database's alone.");
}
