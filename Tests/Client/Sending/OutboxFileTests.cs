using ChatHub.Client;
using ChatHub.Client.Sending;
using ChatHub.Contracts;
using ChatHub.Tests.Client.Updates;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client.Sending;

/// <summary>The outbox's file on a disk that is full for a while.</summary>
public sealed class OutboxFileTests
{
    private const int Waiting = 100;
    private static readonly string ShorterThanABuffer = new('x', 3_000);

    [Fact]
    public void Rewrite_that_the_disk_refuses_loses_neither_what_waits_nor_what_is_added_later()
    {
        using var disk = new SmallDisk(megabytes: 4);
        var path = disk.File("outbox");
        var waiting = Enumerable.Range(0, Waiting).Select(i => Item($"{i}")).ToList();
        using (var file = OutboxFile.Open(path, out _))
        {
            foreach (var item in waiting)
                file.Added(item);
            for (var i = 0; i < OutboxFile.MaxLines; i++)
                file.Attempted(waiting[0]);
            disk.Fill();

            file.Done(waiting[0], waiting[1..]);

            disk.Free();
            file.Added(Item("later"));
        }

        Assert.Equal(waiting.Select(item => item.ClientId).Append("later"), Read(path));
    }

    [Fact]
    public async Task Messages_that_wait_are_sent_while_the_disk_is_full()
    {
        using var disk = new SmallDisk(megabytes: 4);
        var server = new ModelServer();
        server.Change(0);
        using var run = new OutboxRun(new FlakyHub(server, new Random(1)) { IsCalm = true }, disk.File("outbox"));
        run.Outbox.Open();
        var items = Enumerable.Range(0, Waiting).Select(i => run.Outbox.Send("chat 0", $"{i}")).ToList();
        disk.Fill();

        run.Connection.Set(ConnectionState.Connected);

        await Task.WhenAll(items.Select(item => item.Sent)).SoonAsync();
    }

    [Fact]
    public void Message_that_the_disk_refused_does_not_come_back()
    {
        using var disk = new SmallDisk(megabytes: 1);
        var path = disk.File("outbox");
        using (var file = OutboxFile.Open(path, out _))
        {
            file.Added(Item("before", ShorterThanABuffer));
            disk.Fill();
            Assert.Throws<IOException>(() => file.Added(Item("refused", ShorterThanABuffer)));
            disk.Free();
            file.Added(Item("after", ShorterThanABuffer));
        }

        Assert.Equal(["before", "after"], Read(path));
    }

    private static List<string> Read(string path)
    {
        using var file = OutboxFile.Open(path, out var pending);
        return [.. pending.Select(item => item.ClientId)];
    }

    private static OutboxItem Item(string clientId, string? text = null) =>
        new(clientId, "chat", text ?? new string('x', Limits.MessageTextMax), Sample.Noon) { AttemptedAt = Sample.Noon };
}
