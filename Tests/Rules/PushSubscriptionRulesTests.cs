using System.Buffers.Text;
using System.Security.Cryptography;
using ChatHub.Contracts;
using ChatHub.Server.Outbox.Push;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>What a push subscription must be.</summary>
public sealed class PushSubscriptionRulesTests
{
    private const string EndpointForm = "endpoint must be an https address of at most 1000 characters.";
    private const string NotPublic = "endpoint must be a public address.";

    private static readonly byte[] Point = NewPoint();

    [Theory]
    [InlineData("a", true)]
    [InlineData("Phone-1_2.3~", true)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", true)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    public void Id_is_1_to_64_characters_that_need_no_escape(string id, bool isTaken) =>
        Assert.Equal(
            isTaken ? null : "The id must be 1 to 64 characters of A-Z, a-z, 0-9 and - _ . ~.",
            Refusal(() => Assert.Equal(id, PushSubscriptionRules.Id(id))));

    [Theory]
    [InlineData("https://push.example/a?b=c", null)]
    [InlineData("https://8.8.8.8/a", null)]
    [InlineData("https://[2606:4700::1]/a", null)]
    [InlineData("http://push.example/a", EndpointForm)]
    [InlineData("ftp://push.example/a", EndpointForm)]
    [InlineData("push.example", EndpointForm)]
    [InlineData("https://user@push.example/a", EndpointForm)]
    [InlineData("https://push.example/a#b", EndpointForm)]
    [InlineData("https://localhost/a", NotPublic)]
    [InlineData("https://intranet/a", NotPublic)]
    [InlineData("https://127.0.0.1/a", NotPublic)]
    [InlineData("https://10.0.0.1/a", NotPublic)]
    [InlineData("https://[::1]/a", NotPublic)]
    public void Endpoint_is_a_public_https_address(string endpoint, string? sentence) =>
        Assert.Equal(sentence, Refusal(() => Assert.Equal(endpoint, PushSubscriptionRules.Endpoint(endpoint, allowPrivate: false))));

    [Theory]
    [InlineData("http://localhost/a", null)]
    [InlineData("https://127.0.0.1/a", null)]
    [InlineData("ftp://localhost/a", EndpointForm)]
    [InlineData("http://user@localhost/a", EndpointForm)]
    public void Endpoint_may_be_private_and_http_where_that_is_allowed(string endpoint, string? sentence) =>
        Assert.Equal(sentence, Refusal(() => PushSubscriptionRules.Endpoint(endpoint, allowPrivate: true)));

    [Fact]
    public void Endpoint_has_1000_characters_at_most_also_when_escaped()
    {
        const string start = "https://push.example/";
        Assert.Null(Refusal(() => PushSubscriptionRules.Endpoint(start + new string('a', 1_000 - start.Length), allowPrivate: false)));
        Assert.Equal(EndpointForm, Refusal(() => PushSubscriptionRules.Endpoint(start + new string('a', 1_001 - start.Length), allowPrivate: false)));
        Assert.Equal(EndpointForm, Refusal(() => PushSubscriptionRules.Endpoint(start + new string('ä', 500), allowPrivate: false)));
        Assert.Equal("endpoint is missing.", Refusal(() => PushSubscriptionRules.Endpoint(null, allowPrivate: false)));
    }

    [Fact]
    public void Public_key_is_a_point_on_the_curve_in_either_alphabet_and_padded_or_not()
    {
        var stored = Base64Url.EncodeToString(Point);
        foreach (var written in (string[])[stored, stored + "=", Convert.ToBase64String(Point)])
            Assert.Equal(stored, PushSubscriptionRules.PublicKey(written));
    }

    [Fact]
    public void Any_other_public_key_is_refused()
    {
        const string form = "p256dh must be an uncompressed point on P-256 in base64url.";
        const string length = "p256dh must be 65 bytes in base64url.";
        Assert.Equal(form, Refusal(() => PushSubscriptionRules.PublicKey(Base64Url.EncodeToString([3, .. Point[1..]]))));
        Assert.Equal(form, Refusal(() => PushSubscriptionRules.PublicKey(Base64Url.EncodeToString([.. Point[..^1], (byte)(Point[^1] ^ 1)]))));
        Assert.Equal(form, Refusal(() => PushSubscriptionRules.PublicKey(Base64Url.EncodeToString([4, .. new byte[64]]))));
        Assert.Equal(length, Refusal(() => PushSubscriptionRules.PublicKey(Base64Url.EncodeToString([.. Point, 0]))));
        Assert.Equal(length, Refusal(() => PushSubscriptionRules.PublicKey(Base64Url.EncodeToString(Point.AsSpan(..^1)))));
        Assert.Equal(length, Refusal(() => PushSubscriptionRules.PublicKey("no base64!")));
        Assert.Equal("p256dh is missing.", Refusal(() => PushSubscriptionRules.PublicKey(null)));
    }

    [Fact]
    public void Secret_is_16_bytes()
    {
        byte[] secret = [0xFB, 0xFF, .. new byte[14]];
        Assert.Equal(Base64Url.EncodeToString(secret), PushSubscriptionRules.Secret(Convert.ToBase64String(secret)));
        Assert.Equal("auth must be 16 bytes in base64url.", Refusal(() => PushSubscriptionRules.Secret(Base64Url.EncodeToString(secret.AsSpan(1..)))));
        Assert.Equal("auth is missing.", Refusal(() => PushSubscriptionRules.Secret(null)));
    }

    private static byte[] NewPoint()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    private static string? Refusal(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (ChatHubException e)
        {
            Assert.Equal(ErrorCodes.InvalidArgument, e.Code);
            return e.Message;
        }
    }
}
