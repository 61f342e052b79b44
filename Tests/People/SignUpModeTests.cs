using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Auth:SignUp: who may make an account.</summary>
public sealed class SignUpModeTests
{
    [Fact]
    public async Task Closed_signs_up_no_one()
    {
        await using var server = await InProcessServer.StartAsync(("Auth:SignUp", "closed"));
        var code = await CodeAsync(server);
        Assert.Equal(ErrorCodes.Forbidden, (await SignUpAsync(server, code)).Code);
    }

    [Fact]
    public async Task Invite_signs_up_once_for_each_code_until_it_expires()
    {
        await using var server = await InProcessServer.StartAsync(("Auth:SignUp", "invite"));
        var (code, other) = (await CodeAsync(server), await CodeAsync(server));
        foreach (var bad in (string?[])[null, "", "AAAAAAAAAAAAAAAAAAAAAA"])
            Assert.Equal((HttpStatusCode.Forbidden, ErrorCodes.Forbidden), await StatusAsync(server, bad));

        var alice = await SignUpAsync(server, code);
        Assert.Equal(HttpStatusCode.Created, alice.Status);
        Assert.Equal(ErrorCodes.Forbidden, (await SignUpAsync(server, code)).Code);

        // A refused sign-up uses up nothing.
        Assert.Equal(ErrorCodes.UsernameTaken, (await SignUpAsync(server, other, alice.Read<Session>().User.Username)).Code);
        Assert.DoesNotContain(other, await server.Database.ContentAsync(), StringComparison.Ordinal);
        server.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(ErrorCodes.Forbidden, (await SignUpAsync(server, other)).Code);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(101, 1)]
    [InlineData(null, 1)]
    [InlineData(1, 0)]
    [InlineData(1, null)]
    public async Task Codes_are_made_1_to_100_at_a_time_with_an_end(int? count, int? hours)
    {
        await using var server = await InProcessServer.StartAsync();
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", "/api/directory/invites", Credentials.Service,
            new InvitesInput { Count = count, ExpiresInHours = hours });
        var made = await server.HttpAsync("POST", "/api/directory/invites", Credentials.Service, new InvitesInput { Count = 100, ExpiresInHours = 1 });
        Assert.Equal(100, made.Read<Invites>().Codes.Distinct().Count());
    }

    private static async Task<string> CodeAsync(ITestServer server) => Assert.Single(
        (await server.HttpAsync("POST", "/api/directory/invites", Credentials.Service, new InvitesInput { Count = 1, ExpiresInHours = 2 })).Read<Invites>().Codes);

    private static async Task<(HttpStatusCode, string?)> StatusAsync(ITestServer server, string? code)
    {
        var answer = await SignUpAsync(server, code);
        return (answer.Status, answer.Code);
    }

    private static Task<HttpResult> SignUpAsync(ITestServer server, string? code, string? name = null) => server.HttpAsync(
        "POST", "/api/accounts", Credentials.None,
        new SignUpInput { Username = name ?? Account.UniqueName("alice"), Password = Account.Password, BirthDate = "1990-05-17", InviteCode = code });
}
