using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>What an account may send in its first 24 hours, with the settings that the server comes with.</summary>
public sealed class NewAccountTests : IAsyncLifetime
{
    private const int FirstDay = 5;
    private const int PerDay = 20;

    private InProcessServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync(("Messaging:NewAccountRequestsPerDay", $"{FirstDay}"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_account_made_here_sends_5_requests_in_its_first_day()
    {
        await using var alice = await _server.ConnectAsync("alice");
        Assert.Equal(FirstDay, await LeftAsync(alice));
        _server.Time.Advance(TimeSpan.FromHours(4));
        await SendAsync(alice, FirstDay);
        Assert.Equal(0, await LeftAsync(alice));

        var bob = await _server.ConnectUserAsync("bob");
        var refused = await Wire.RefusedAsync(ErrorCodes.RequestLimitReached, alice.RequestAsync(bob));
        Assert.Equal(TimeSpan.FromHours(20), refused.RetryAfter);

        // The rest of the day's after that: what was sent still counts.
        _server.Time.Advance(TimeSpan.FromHours(20));
        Assert.Equal(PerDay - FirstDay, await LeftAsync(alice));
        Assert.Equal(RequestState.Pending, (await alice.RequestAsync(bob)).Request.State);
    }

    [Fact]
    public async Task A_brought_account_is_new_by_its_createdAt_and_not_without_one()
    {
        Assert.Equal(PerDay, await LeftAsync(await BringAsync(null)));
        Assert.Equal(FirstDay, await LeftAsync(await BringAsync(TimeSpan.Zero)));
        Assert.Equal(FirstDay, await LeftAsync(await BringAsync(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1))));
        Assert.Equal(PerDay, await LeftAsync(await BringAsync(TimeSpan.FromHours(24))));
    }

    [Fact]
    public async Task CreatedAt_of_the_host_stays_when_a_later_put_omits_it()
    {
        var alice = await BringAsync(TimeSpan.FromHours(1));
        await Account.BringAsync(_server, new() { Username = alice.Account.Username, DisplayName = "Alice" });
        Assert.Equal(FirstDay, await LeftAsync(alice));
    }

    [Fact]
    public async Task A_createdAt_in_the_future_is_refused()
    {
        var answer = await _server.HttpAsync("PUT", "/api/directory/users/host-early", Credentials.Service, new DirectoryUserInput
        {
            Username = "early",
            DisplayName = "Early",
            CreatedAt = _server.Time.GetUtcNow().AddMinutes(2),
        });
        Assert.Equal(ErrorCodes.InvalidArgument, answer.Code);
    }

    [Fact]
    public async Task The_import_brings_createdAt_too()
    {
        var line = $$"""{"type":"user","userId":"host-imported","username":"imported","displayName":"Imported","createdAt":"{{_server.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}"}""";
        using var body = new StringContent(line);
        Assert.Equal(1, (await _server.HttpAsync("POST", "/api/directory/import", Credentials.Service, body)).Read<ImportReport>().Users);
        Assert.Equal(["1"], await _server.Database.ListAsync<string>("SELECT CASE WHEN joined_at > 0 THEN '1' ELSE '0' END FROM users WHERE user_id = 'host-imported'"));
    }

    private async Task<Device> BringAsync(TimeSpan? age) =>
        await (await Account.BringAsync(_server, new()
        {
            Username = Account.UniqueName("brought"),
            DisplayName = "Brought",
            CreatedAt = age is { } ago ? _server.Time.GetUtcNow() - ago : null,
        })).ConnectAsync();

    private async Task SendAsync(Device sender, int count)
    {
        for (var i = 0; i < count; i++)
            await sender.RequestAsync(await _server.ConnectUserAsync("other"));
    }

    private static async Task<int> LeftAsync(Device device) => (await device.Hub.GetMe(new())).RequestsLeftToday;
}
