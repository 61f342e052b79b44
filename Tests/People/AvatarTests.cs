using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Pictures, checked by content, and served so that a browser can do nothing with them but show them.</summary>
public sealed class AvatarTests(SharedServer server)
{
    private const int Most = 256 * 1024;

    // Signature and header chunk; what follows is the picture's own business.
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0xFF, 0xD9];
    private static readonly byte[] Webp = [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0];

    public static TheoryData<byte[], string> Pictures() => new() { { Png, "image/png" }, { Jpeg, "image/jpeg" }, { Webp, "image/webp" } };

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task A_picture_is_told_live_and_served_as_what_it_is(byte[] picture, string type)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var url = await PutAsync(alice, picture);
        Assert.StartsWith("/avatars/", url, StringComparison.Ordinal);
        Assert.Equal(url, (await alice.NextAsync<MeChanged>()).Me.User.AvatarUrl);

        var served = await server.HttpAsync("GET", url, Credentials.None);
        Assert.Equal((HttpStatusCode.OK, type), (served.Status, served.ContentType?.MediaType));
        Assert.Equal(picture, served.Content);
        Assert.Equal("nosniff", served.Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", served.Header("Content-Security-Policy"));
        Assert.Contains("immutable", served.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_picture_has_another_address_and_the_one_before_is_gone()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var first = await PutAsync(alice, Png);
        var second = await PutAsync(alice, Jpeg);
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await bob.ProfileAsync(alice)).AvatarUrl);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", first, Credentials.None)).Status);
    }

    [Fact]
    public async Task It_is_removed_by_its_user_and_with_the_account()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var url = await PutAsync(alice, Png);
        await alice.NextAsync<MeChanged>();
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/me/avatar", Credentials.Of(alice))).Status);
        Assert.Null((await alice.NextAsync<MeChanged>()).Me.User.AvatarUrl);
        await alice.ReceivedNothingElseAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", url, Credentials.None)).Status);

        url = await PutAsync(alice, Png);
        await server.EraseAsync(alice);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", url, Credentials.None)).Status);
    }

    [Fact]
    public async Task The_largest_picture_is_256_KB()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        Array.Resize(ref _large, Most);
        await PutAsync(alice, _large);
        Array.Resize(ref _large, Most + 1);
        await RefusedAsync(alice, _large);

        // Without saying how long it is, and far longer.
        using var stream = new StreamContent(new MemoryStream(_large));
        stream.Headers.ContentLength = null;
        await RefusedAsync(alice, stream);
    }

    [Fact]
    public async Task A_body_that_is_too_large_to_be_read_ends_its_connection_and_the_answer_says_so()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var refused = await RefusedAsync(alice, new byte[Most * 3]);
        Assert.Equal("close", refused.Header("Connection"));

        // Refused before anybody would look at the body.
        var unknown = await server.HttpAsync("PUT", "/api/me/avatar", Credentials.None, new byte[Most * 3]);
        Assert.Equal((HttpStatusCode.Unauthorized, "close"), (unknown.Status, unknown.Header("Connection")));
    }

    private byte[] _large = [.. Png];

    public static TheoryData<string> NoPictures() =>
        ["", "GIF89a..........................", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<html><script>alert(1)</script></html>", "RIFF....WAVEfmt ................"];

    [Theory]
    [MemberData(nameof(NoPictures))]
    public async Task Anything_else_is_refused_whatever_it_calls_itself(string content)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        using var body = new StringContent(content);
        body.Headers.ContentType = new("image/png");
        await RefusedAsync(alice, body);
        Assert.Null((await alice.Hub.GetMe(new())).User.AvatarUrl);
    }

    private async Task<string> PutAsync(Device device, byte[] picture)
    {
        var answer = await server.HttpAsync("PUT", "/api/me/avatar", Credentials.Of(device), picture);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Read<AvatarReceipt>().AvatarUrl;
    }

    private Task<HttpResult> RefusedAsync(Device device, object body) => server.HttpRefusedAsync(
        ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "PUT", "/api/me/avatar", Credentials.Of(device), body);
}
