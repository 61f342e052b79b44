using ChatHub.Server.Storage;
using Xunit;

namespace ChatHub.Tests.Storage;

// Instances that start on a new, a known and a newer database.
public abstract partial class DatabaseTests
{
    [Fact]
    public async Task Initialising_again_changes_nothing_and_keeps_the_epoch()
    {
        var first = await OpenAsync();
        await first.WriteAsync(IncrementAsync, null, Token);

        var second = await databases.OpenAsync();

        Assert.Equal(first.Epoch, second.Epoch);
        Assert.Equal(1, await second.ReadAsync(ReadAsync, Token));
        Assert.Equal(
            Migration.Of(second.Dialect).Select(m => m.Name),
            await second.ReadAsync(session => session.ListAsync<string>("SELECT name FROM schema_migrations ORDER BY number"), Token));
    }

    [Fact]
    public async Task Two_instances_that_start_at_once_end_with_one_schema_and_one_epoch()
    {
        var both = await Task.WhenAll(Task.Run(databases.OpenAsync, Token), Task.Run(databases.OpenAsync, Token));

        Assert.Equal(both[0].Epoch, both[1].Epoch);
    }

    [Fact]
    public async Task A_newer_schema_stops_the_start_with_a_clear_sentence()
    {
        var database = await OpenAsync();
        await database.WriteAsync(
            session => session.ExecuteAsync("INSERT INTO schema_migrations (number, name, applied_at) VALUES (9999, '9999_future', 0)"), null, Token);

        var refused = await Assert.ThrowsAsync<StorageException>(databases.OpenAsync);

        Assert.Contains("9999", refused.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", refused.Message, StringComparison.Ordinal);
    }
}
