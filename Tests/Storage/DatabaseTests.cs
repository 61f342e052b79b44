using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>What every provider promises. Each runs this suite on databases of its own.</summary>
public abstract partial class DatabaseTests(ITestDatabases databases) : IAsyncDisposable
{
    private static CancellationToken Token => TestTimeouts.Token;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return databases.DisposeAsync();
    }

    [Fact]
    public async Task A_read_that_throws_leaves_the_pool_in_order()
    {
        var database = await OpenAsync();

        for (var i = 0; i < 50; i++)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => database.ReadAsync<long>(
                async session => throw new InvalidDataException($"at {await ReadAsync(session)}"), Token));
        }

        Assert.Equal(0, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task One_statement_runs_again_and_again_with_other_parameters()
    {
        var database = await OpenAsync();

        var values = await database.WriteAsync(
            async session =>
            {
                var all = new List<string?>();
                foreach (var value in (string?[])["first", null, "a longer one than before", ""])
                    all.Add(await session.ScalarAsync<string>("SELECT @value", new { value }));
                return all;
            },
            null,
            Token);

        Assert.Equal(["first", null, "a longer one than before", ""], values);
    }

    protected string ConnectionString => databases.ConnectionString;

    /// <summary>A database with one counter in it.</summary>
    protected async Task<IDatabase> OpenAsync()
    {
        var database = await databases.OpenAsync();
        await database.WriteAsync(
            session => session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('counter', '0')"), null, Token);
        return database;
    }

    /// <summary>One more instance on the same database.</summary>
    protected Task<IDatabase> OpenAnotherAsync() => databases.OpenAsync();

    protected static async Task<long> IncrementAsync(DbSession session)
    {
        var next = await ReadAsync(session) + 1;
        await session.ExecuteAsync("UPDATE server_state SET value = @value WHERE name = 'counter'", new { value = $"{next}" });
        return next;
    }

    protected static Task<long> ReadAsync(DbSession session) =>
        session.ScalarAsync<long>("SELECT value FROM server_state WHERE name = 'counter'");
}
