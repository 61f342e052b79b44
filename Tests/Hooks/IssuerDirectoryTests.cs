using System.Net;
using ChatHub.Server.Embedding;
using ChatHub.Tests.Hosting;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hooks;

/// <summary>A host's user directory beside an issuer, whose tokens are of users and of services.</summary>
public sealed class IssuerDirectoryTests
{
    [Fact]
    public async Task The_directory_is_read_for_an_issuers_user_and_moderator_and_never_for_a_service()
    {
        var directory = new TestDirectory();
        directory.Put(new("alice", "alice", "Alice"));
        directory.Put(new("mary", "mary", "Mary"));
        await using var issuer = await TinyIssuer.StartAsync();
        await using var server = await InProcessServer.StartAsync(
            services => services.AddSingleton<IUserDirectory>(directory), ("Auth:Authority", issuer.Address), ("Auth:Audience", TinyIssuer.Audience));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/me/export", issuer.Token("alice")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/me/export", issuer.Token("mary", roles: "moderator")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/moderation/reports", issuer.Token("another", roles: "moderator")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/directory/users", issuer.Token("the-app", roles: "service")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/api/me/export", issuer.Token("stranger")));
        Assert.Equal((1, 1, 1, 0, 1), (Reads("alice"), Reads("mary"), Reads("another"), Reads("the-app"), Reads("stranger")));

        int Reads(string id) => directory.ReadsOf(id);

        async Task<HttpStatusCode> StatusAsync(string path, string token) => (await server.HttpAsync("GET", path, new(token))).Status;
    }
}
