using System.Net;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Pictures, decoded and encoded again, and served so that a browser can do nothing with them but show them.</summary>
public sealed class AvatarTests(SharedServer server)
{
    private const int MaxBytes = 256 * 1024;

    public static TheoryData<string> Formats() => ["png", "jpeg", "webp"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_picture_is_published_and_served_as_WebP(string format)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var url = await PutAsync(alice, format switch { "png" => Pictures.Png(40, 20), "jpeg" => Pictures.Jpeg(40, 20), _ => Pictures.Webp(40, 20) });
        Assert.StartsWith("/avatars/", url, StringComparison.Ordinal);
        Assert.Equal(url, (await alice.NextAsync<MeChanged>()).Me.User.AvatarUrl);

        var served = await server.HttpAsync("GET", url, Credentials.None);
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (served.Status, served.ContentType?.MediaType));
        Assert.Equal(((40, 20), true, false), (Pictures.SizeOf(served.Content), Pictures.IsRedAt(served.Content, 0.1, 0.1), Pictures.IsRedAt(served.Content, 0.9, 0.9)));
        Assert.Equal("nosniff", served.Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", served.Header("Content-Security-Policy"));
        Assert.Equal("max-age=86400, private", served.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_pictures_metadata_does_not_survive_and_it_stays_upright()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        // Turned by 90 degrees: what is left above in the file is right above for who looks at it.
        var url = await PutAsync(alice, Pictures.JpegWithExif(400, 200, orientation: 6, "52.5163N 13.3777E"));

        var kept = (await server.HttpAsync("GET", url, Credentials.None)).Content;

        var text = Encoding.Latin1.GetString(kept);
        Assert.All((string[])["52.5163N", "Exif", "EXIF", "XMP ", "ICCP"], trace => Assert.DoesNotContain(trace, text, StringComparison.Ordinal));
        Assert.Equal((200, 400), Pictures.SizeOf(kept));
        Assert.Equal((false, true), (Pictures.IsRedAt(kept, 0.1, 0.1), Pictures.IsRedAt(kept, 0.9, 0.1)));
    }

    [Fact]
    public async Task Bytes_after_a_picture_are_removed()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var url = await PutAsync(alice, [.. Pictures.Png(10, 10), .. "<script>alert(1)</script>"u8]);
        var kept = Encoding.Latin1.GetString((await server.HttpAsync("GET", url, Credentials.None)).Content);
        Assert.DoesNotContain("script", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_picture_is_kept_within_512_by_512()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var url = await PutAsync(alice, Pictures.FlatPng(4096, 1024));
        Assert.Equal((512, 128), Pictures.SizeOf((await server.HttpAsync("GET", url, Credentials.None)).Content));
    }

    [Theory]
    [InlineData(20_000, 20_000)]
    [InlineData(4_097, 1)]
    [InlineData(1, 4_097)]
    public async Task A_picture_of_too_many_pixels_is_refused(int width, int height)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var picture = Pictures.FlatPng(width, height);
        Assert.InRange(picture.Length, 1, MaxBytes);
        var refused = await RefusedAsync(alice, picture);
        Assert.Contains("4096", refused.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_picture_has_another_address_and_the_one_before_is_gone()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var first = await PutAsync(alice, Pictures.Png(10, 10));
        var second = await PutAsync(alice, Pictures.Jpeg(10, 10));
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await bob.ProfileAsync(alice)).AvatarUrl);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", first, Credentials.None)).Status);
    }

    [Fact]
    public async Task Avatar_is_removed_by_its_user_and_with_the_account()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var url = await PutAsync(alice, Pictures.Png(10, 10));
        await alice.NextAsync<MeChanged>();
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/me/avatar", Credentials.Of(alice))).Status);
        Assert.Null((await alice.NextAsync<MeChanged>()).Me.User.AvatarUrl);
        await alice.ReceivedNothingElseAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", url, Credentials.None)).Status);

        url = await PutAsync(alice, Pictures.Png(10, 10));
        await server.EraseAsync(alice);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", url, Credentials.None)).Status);
    }

    [Theory]
    [InlineData("https://pictures.example/alice.png")]
    [InlineData(null)]
    public async Task Avatar_that_the_directory_replaces_is_no_longer_served(string? replacement)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var url = await PutAsync(alice, Pictures.Png(10, 10));
        var card = alice.Account.Session.User;
        var person = new DirectoryUserInput { Username = card.Username, DisplayName = card.DisplayName, BirthDate = "1990-05-17", AvatarUrl = replacement };

        await Account.BringAsync(server, person, alice.Id);

        Assert.Equal(replacement, (await alice.Hub.GetMe(new())).User.AvatarUrl);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", url, Credentials.None)).Status);
        Assert.DoesNotContain(await Sync.Export.OfAsync(server, alice), line => line.Type == ExportType.Avatar);
    }

    [Fact]
    public async Task The_largest_body_is_256_KB()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var large = Pictures.Png(10, 10);
        Array.Resize(ref large, MaxBytes);
        await PutAsync(alice, large);
        Array.Resize(ref large, MaxBytes + 1);
        await RefusedAsync(alice, large);

        // Without saying how long it is, and far longer.
        using var stream = new StreamContent(new MemoryStream(large));
        stream.Headers.ContentLength = null;
        await RefusedAsync(alice, stream);
    }

    [Fact]
    public async Task A_body_that_is_too_large_to_be_read_ends_its_connection_and_the_answer_says_so()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var refused = await RefusedAsync(alice, new byte[MaxBytes * 3]);
        Assert.Equal("close", refused.Header("Connection"));

        // Refused before anybody would look at the body.
        var unknown = await server.HttpAsync("PUT", "/api/me/avatar", Credentials.None, new byte[MaxBytes * 3]);
        Assert.Equal((HttpStatusCode.Unauthorized, "close"), (unknown.Status, unknown.Header("Connection")));
    }

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

    [Fact]
    public async Task Half_a_picture_is_refused()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var picture = Pictures.Jpeg(300, 300);
        await RefusedAsync(alice, picture[..(picture.Length / 2)]);
    }

    private async Task<string> PutAsync(Device device, byte[] picture)
    {
        var answer = await server.HttpAsync("PUT", "/api/me/avatar", Credentials.Of(device), picture);
        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Code));
        return answer.Read<AvatarReceipt>().AvatarUrl;
    }

    private Task<HttpResult> RefusedAsync(Device device, object body) => server.HttpRefusedAsync(
        ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "PUT", "/api/me/avatar", Credentials.Of(device), body);
}
