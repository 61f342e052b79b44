using ChatHub.Client;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Client;

public sealed class AccountsTests : IAsyncLifetime
{
    private StubServer _server = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await StubServer.StartAsync(Token);
        _http = new HttpClient { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_returns_the_user_and_the_token()
    {
        var session = await new ChatHubAccounts(_http).SignInAsync(new() { Username = "alice", Password = StubServer.Password }, Token);

        Assert.Equal("alice", session.User.Username);
        Assert.Equal(StubServer.GoodToken, session.AccessToken);
    }

    [Fact]
    public async Task SignIn_that_is_refused_throws_the_code_and_the_sentence_of_the_problem_details()
    {
        var refusal = await Assert.ThrowsAsync<ChatHubException>(
            () => new ChatHubAccounts(_http).SignInAsync(new() { Username = "alice", Password = "wrong" }, Token));

        Assert.Equal(ErrorCodes.InvalidCredentials, refusal.Code);
        Assert.Equal("Wrong username or password.", refusal.Message);
        Assert.Null(refusal.RetryAfter);
    }

    [Fact]
    public async Task SignUp_that_is_rate_limited_throws_with_the_header_as_retryAfter()
    {
        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => new ChatHubAccounts(_http).SignUpAsync(new(), Token));

        Assert.Equal(ErrorCodes.RateLimited, refusal.Code);
        Assert.Equal(TimeSpan.FromSeconds(7), refusal.RetryAfter);
    }

    [Fact]
    public async Task SignIn_with_a_response_of_a_proxy_throws_unreachable()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_server.Address, "page/") };

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => new ChatHubAccounts(http).SignInAsync(new(), Token));
    }
}
