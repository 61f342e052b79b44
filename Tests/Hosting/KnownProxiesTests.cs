using System.Net;
using System.Net.Http.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Whose word counts for where a client comes from: sign-ups of one address are limited, and so show it.</summary>
public sealed class KnownProxiesTests
{
    [Fact]
    public async Task By_default_no_proxy_is_believed()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:SignUpsPerMinute", "1"));

        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(server, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUpAsync(server, "192.0.2.2"));
    }

    [Fact]
    public async Task An_unknown_address_is_not_believed_either()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:SignUpsPerMinute", "1"), ("Http:KnownProxies:0", "10.0.0.0/8"));

        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(server, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUpAsync(server, "192.0.2.2"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task A_known_proxys_word_counts_up_to_the_first_address_that_is_not_known(string known)
    {
        await using var server = await InProcessServer.StartAsync(
            ("Limits:SignUpsPerMinute", "1"), ("Http:KnownProxies:0", known), ("Http:KnownProxies:1", "10.0.0.0/8"));

        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(server, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(server, "192.0.2.2"));
        // Over two known proxies; and what a client claims to have come from before them is nothing.
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUpAsync(server, "192.0.2.1, 10.0.0.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUpAsync(server, "203.0.113.9, 192.0.2.2, 10.0.0.7"));
    }

    private static async Task<HttpStatusCode> SignUpAsync(InProcessServer server, string forwardedFor)
    {
        var input = new SignUpInput { Username = Account.UniqueName("alice"), Password = Account.Password, BirthDate = "1990-05-17" };
        using var content = JsonContent.Create(input, options: ContractJson.Default.Options);
        content.Headers.Add("X-Forwarded-For", forwardedFor);
        return (await server.HttpAsync("POST", "/api/accounts", Credentials.None, content)).Status;
    }
}
