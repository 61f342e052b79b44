using ChatHub.Client;
using ChatHub.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>A backup taken while the server runs, restored later: clients must not mix what they saw since with what is there now.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task Renewed_epoch_after_a_restore_makes_clients_drop_their_state()
    {
        await using var server = await ServerProcess.StartAsync();
        var database = Assert.IsType<SqliteTestDatabase>(server.Database).FilePath;
        await using var chat = await server.OpenChatAsync();
        await using var reader = await Faults.LoadClient.StartAsync(chat.Bob.Account, server.Address);
        await chat.Alice.SayAsync(chat.Id, "Before the backup");
        using var backups = new TempFolder();
        await BackUpAsync(database, backups.File("backup.db"));
        await chat.Alice.SayAsync(chat.Id, "After the backup");
        await reader.ReceivedAsync(chat.Id, 2);
        var before = await chat.Bob.Hub.GetMe(new());

        await server.StopAsync("INT");
        foreach (var ending in (string[])["", "-wal", "-shm"])
            File.Delete(database + ending);
        File.Copy(backups.File("backup.db"), database);
        Assert.Equal(0, await server.RunSwitchAsync("--renew-epoch"));
        await server.RestartAsync();

        // The SDK drops its state and reads it again: its updates are now what the server has.
        while (await reader.NextAsync() is not InboxCleared)
        {
        }

        while (await reader.NextAsync() is not InboxReady)
        {
        }

        await using var alice = await chat.Alice.Account.ConnectAsync();
        Assert.Equal(3, (await alice.SayAsync(chat.Id, "Another third")).Message.Seq);
        await reader.ReceivedAsync(chat.Id, 3);
        Assert.Equal([(2, "Before the backup"), (3, "After the backup"), (3, "Another third")], reader.Received(chat.Id).Select(m => (m.Seq, m.Text)));

        // And by hand: the versions may meet again, the epochs do not.
        var page = await alice.Hub.Sync(new() { Epoch = before.Epoch, After = 1 });
        Assert.True(page.Reset);
        Assert.NotEqual(before.Epoch, page.Epoch);
        Assert.Empty(page.Conversations);
    }

    private static async Task BackUpAsync(string database, string copy)
    {
        await using var from = new SqliteConnection($"Data Source={database};Pooling=False");
        await using var to = new SqliteConnection($"Data Source={copy};Pooling=False");
        await from.OpenAsync(TestTimeouts.Token);
        await to.OpenAsync(TestTimeouts.Token);
        from.BackupDatabase(to);
    }
}
