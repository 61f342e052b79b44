using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>A push service on a real socket: it checks who sends (RFC 8292), and decrypts as the browser would (RFC 8291, RFC 8188).</summary>
public sealed class PushService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _publicKey;
    private readonly Dictionary<string, (ECDiffieHellman Key, byte[] Point, byte[] Secret)> _browsers = [];

    private PushService(WebApplication app, string publicKey) => (_app, _publicKey) = (app, publicKey);

    /// <summary>What is answered to a browser's message; 201 unless a test says otherwise.</summary>
    public Func<string, HttpStatusCode> Answer { get; set; } = _ => HttpStatusCode.Created;

    /// <summary>What happens before a browser's message is answered; nothing unless a test says otherwise.</summary>
    public Func<string, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Messages that were taken, decrypted.</summary>
    public ReceivedQueue<(string Browser, JsonElement Message)> Received { get; } = new();

    public List<string> Faults { get; } = [];

    public int Attempts { get; private set; }

    /// <summary>The settings of a server that sends here.</summary>
    public static (string Key, string Value)[] Settings { get; } =
        [("Push:AllowPrivateAddresses", "true"), ("Push:Contact", "mailto:operator@chathub.example"), ("Outbox:ConnectionWaitSeconds", "1"), ("Outbox:RetrySeconds", "1")];

    public static async Task<PushService> StartAsync(ITestServer server)
    {
        var key = (await server.HttpAsync("GET", "/api/push/key", Credentials.None)).Read<PushKey>().PublicKey;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new PushService(app, key);
        app.Run(service.ReceiveAsync);
        await app.StartAsync(TestTimeouts.Token);
        return service;
    }

    /// <summary>A browser's subscription, as pushManager.subscribe makes it.</summary>
    public PushSubscriptionInput Subscribe(string browser)
    {
        var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] point = [4, .. q.X!, .. q.Y!];
        var secret = RandomNumberGenerator.GetBytes(16);
        _browsers[browser] = (key, point, secret);
        return new() { Endpoint = $"{_app.Urls.First()}/{browser}", P256dh = Base64Url.EncodeToString(point), Auth = Base64Url.EncodeToString(secret) };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var (key, _, _) in _browsers.Values)
            key.Dispose();
        Assert.True(Faults.Count == 0, string.Join('\n', Faults));
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        var browser = http.Request.Path.Value!.Trim('/');
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Attempts++;
        try
        {
            CheckSender(http.Request);
            Assert.Equal("aes128gcm", http.Request.Headers.ContentEncoding);
            Assert.InRange(int.Parse(http.Request.Headers["TTL"].ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, 86_400);
            Assert.InRange(body.Length, 1, 4_096);
            var message = JsonElement.Parse(Decrypt(browser, body.ToArray()));
            await BeforeAnswer(browser);
            http.Response.StatusCode = (int)Answer(browser);
            if (http.Response.StatusCode == (int)HttpStatusCode.Created)
                Received.Add((browser, message));
        }
        catch (Exception e)
        {
            Faults.Add(e.ToString());
            http.Response.StatusCode = (int)HttpStatusCode.BadRequest;
        }
    }

    /// <summary>RFC 8292: a JWT over ES256, for this origin, by the key that the browser subscribed with.</summary>
    private void CheckSender(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        Assert.StartsWith("vapid ", header, StringComparison.OrdinalIgnoreCase);
        var parts = header["vapid ".Length..].Split(',').Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        Assert.Equal(_publicKey, parts["k"].TrimEnd('='));
        var token = parts["t"].Split('.');
        var point = Base64Url.DecodeFromChars(_publicKey);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(token[1]));
        Assert.Equal(_app.Urls.First(), claims.GetProperty("aud").GetString());
        Assert.Equal("mailto:operator@chathub.example", claims.GetProperty("sub").GetString());
        var expires = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
        Assert.InRange(expires, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(24));
    }

    /// <summary>RFC 8291, section 3.4, and RFC 8188, section 2: header, key agreement, one record.</summary>
    private byte[] Decrypt(string browser, byte[] body)
    {
        var (key, ownPoint, secret) = _browsers[browser];
        var salt = body[..16];
        var recordSize = BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16));
        var senderPoint = body[21..(21 + body[20])];
        var record = body[(21 + body[20])..];
        Assert.True(record.Length <= recordSize);

        using var sender = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = senderPoint[1..33], Y = senderPoint[33..] },
        });
        var shared = key.DeriveRawSecretAgreement(sender.PublicKey);
        var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret, [.. "WebPush: info\0"u8, .. ownPoint, .. senderPoint]);
        var contentKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt, [.. "Content-Encoding: nonce\0"u8]);
        var plain = new byte[record.Length - 16];
        using var gcm = new AesGcm(contentKey, 16);
        gcm.Decrypt(nonce, record[..^16], record[^16..], plain);
        // The last record ends with 2 and padding.
        var end = Array.FindLastIndex(plain, octet => octet != 0);
        Assert.Equal(2, plain[end]);
        return plain[..end];
    }
}
