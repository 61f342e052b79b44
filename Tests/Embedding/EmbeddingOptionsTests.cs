using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Embedding;

/// <summary>What a host can choose: the path, the scheme, how its users are named, and to leave accounts to ChatHub.</summary>
public sealed class EmbeddingOptionsTests
{
    [Fact]
    public async Task Scheme_and_id_are_the_hosts_choice_and_its_bearer_tokens_are_its_own()
    {
        await using var platform = await Platform.StartAsync(
            options =>
            {
                options.AuthenticationScheme = ApiTokens.Name;
                options.UserId = principal => principal.FindFirstValue("member") is { } id ? $"member-{id}" : null;
                options.IsModerator = principal => principal.HasClaim("member", "7");
            },
            services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiTokens>(ApiTokens.Name, null));
        foreach (var id in (string[])["member-7", "member-8"])
            await platform.HttpAsync("PUT", $"/chat/api/directory/users/{id}", Credentials.Service, new DirectoryUserInput { Username = id, DisplayName = id });

        var session = (await platform.HttpAsync("POST", "/chat/api/sessions/host", new("7"))).Read<Session>();
        Assert.Equal("member-7", session.User.UserId);
        Assert.Equal(HttpStatusCode.OK, (await platform.HttpAsync("GET", "/chat/api/moderation/reports", new("7"))).Status);
        await platform.HttpRefusedAsync("forbidden", HttpStatusCode.Forbidden, "GET", "/chat/api/moderation/reports", new("8"));
        // Its default scheme signs in there, and not here.
        await platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "POST", "/chat/api/sessions/host", await platform.SignInAsync("member-8"));
    }

    [Fact]
    public async Task Without_the_hosts_users_accounts_are_ChatHubs_and_at_the_root_the_hosts_routes_come_first()
    {
        await using var platform = await Platform.StartAsync(options => (options.UseHostAuthentication, options.ServeInbox) = (false, false), path: "/");

        var alice = await Account.SignUpAsync(platform, "alice");

        await using var device = await alice.ConnectAsync();
        Assert.Equal(alice.Id, (await device.Hub.GetMe(new())).User.UserId);
        var pass = await platform.SignInAsync("ann");
        Assert.Equal("ann", System.Text.Encoding.UTF8.GetString((await platform.HttpAsync("GET", "/own", pass)).Content));
        // Not even a user of the host's who is one here.
        await platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "GET", "/api/me/export", await platform.SignInAsync(alice.Id));
        Assert.Equal(HttpStatusCode.NotFound, (await platform.HttpAsync("GET", "/", pass)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await platform.HttpAsync("POST", "/api/sessions/host", pass)).Status);
    }

    /// <summary>The number of a member as a bearer token.</summary>
    private sealed class ApiTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Name = "ApiTokens";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.Ordinal)
                ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new("member", header["Bearer ".Length..])], Name)), Name))
                : AuthenticateResult.NoResult());
    }
}
