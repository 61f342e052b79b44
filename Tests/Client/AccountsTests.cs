using ChatHub.Client;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Client;

public sealed class AccountsTests : IAsyncLifetime
{
    private TinyServer _server = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TinyServer.StartAsync(Token);
        _http = new HttpClient { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Signing_in_gives_the_user_and_the_token()
    {
        var session = await new ChatHubAccounts(_http).SignInAsync(new() { Username = "alice", Password = TinyServer.Password }, Token);

        Assert.Equal("alice", session.User.Username);
        Assert.Equal(TinyServer.GoodToken, session.AccessToken);
    }

    [Fact]
    public async Task Problem_details_become_the_code_and_the_sentence()
    {
        var refusal = await Assert.ThrowsAsync<ChatHubException>(
            () => new ChatHubAccounts(_http).SignInAsync(new() { Username = "alice", Password = "wrong" }, Token));

        Assert.Equal(ErrorCodes.InvalidCredentials, refusal.Code);
        Assert.Equal("Wrong username or password.", refusal.Message);
        Assert.Null(refusal.RetryAfter);
    }

    [Fact]
    public async Task The_header_tells_how_long_to_wait()
    {
        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => new ChatHubAccounts(_http).SignUpAsync(new(), Token));

        Assert.Equal(ErrorCodes.RateLimited, refusal.Code);
        Assert.Equal(TimeSpan.FromSeconds(7), refusal.RetryAfter);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_servers_own_is_unreachable()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_server.Address, "page/") };

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => new ChatHubAccounts(http).SignInAsync(new(), Token));
    }
}
