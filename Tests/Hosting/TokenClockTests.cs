using System.Net;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>The clocks of issuer and server may differ by 60 s; beyond it a token is refused, and the log says that it is the clock.</summary>
public sealed class TokenClockTests : IAsyncLifetime
{
    private LiveServer _server = null!;
    private Account _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LiveServer.StartAsync();
        _alice = await Account.SignUpAsync(_server, "alice");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(50, 600, true)]
    [InlineData(70, 600, false)]
    [InlineData(-600, -50, true)]
    [InlineData(-600, -70, false)]
    public async Task A_token_is_good_from_60_s_before_it_is_valid_to_60_s_after_it_expired(int validFrom, int expires, bool isGood)
    {
        var answer = await CallAsync(Token(validFrom, expires));

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(isGood ? null : ErrorCodes.Unauthenticated, isGood ? null : answer.Code);
    }

    [Fact]
    public async Task A_token_from_the_future_is_refused_with_one_line_that_names_the_clock()
    {
        var line = _server.Log.FindAsync("A token was refused: it is valid from ");
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(Token(3_600, 7_200))).Status);

        Assert.Contains("Compare the clocks", await line.SoonAsync(), StringComparison.Ordinal);
        Assert.Single(_server.Log.Text.Split('\n'), written => written.Contains("A token was refused", StringComparison.Ordinal));
    }

    private Task<HttpResult> CallAsync(string token) => _server.HttpAsync("GET", "/api/me/export", new(token));

    private string Token(int validFrom, int expires) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "chathub",
        Audience = "chathub",
        NotBefore = DateTime.UtcNow.AddSeconds(validFrom),
        IssuedAt = DateTime.UtcNow.AddSeconds(validFrom),
        Expires = DateTime.UtcNow.AddSeconds(expires),
        Claims = new Dictionary<string, object> { ["sub"] = _alice.Id },
        SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(ServerSettings.SigningKey)), SecurityAlgorithms.HmacSha256),
    });
}
