using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>A host application's webhook on a real socket. It checks each signature as the Standard Webhooks specification says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<WebhookEvent> _taken = [];
    private readonly List<(Func<IReadOnlyList<WebhookEvent>, bool> Holds, TaskCompletionSource Done)> _awaited = [];

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>What is answered; 200 unless a test says otherwise. The event is taken if it is below 300.</summary>
    public Func<WebhookEvent, Task<HttpStatusCode>> Answer { get; set; } = _ => Task.FromResult(HttpStatusCode.OK);

    public string Url => $"{_app.Urls.First()}/hook";

    /// <summary>Signatures or bodies that were not as the specification has them.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many attempts there were, taken or not.</summary>
    public int Attempts { get; private set; }

    /// <summary>Each event that was taken, the repeated ones too.</summary>
    public IReadOnlyList<WebhookEvent> Taken
    {
        get
        {
            lock (_gate)
                return [.. _taken];
        }
    }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync(TestTimeouts.Token);
        return receiver;
    }

    /// <summary>The settings of a server that posts here and need not be waited for long.</summary>
    public (string Key, string Value)[] Settings(int index = 0) =>
    [
        ($"Webhooks:{index}:Url", Url),
        ($"Webhooks:{index}:Secret", Secret),
        ($"Webhooks:{index}:AllowPrivateAddresses", "true"),
        ("Outbox:ConnectionWaitSeconds", "1"),
        ("Outbox:RetrySeconds", "1"),
        ("Outbox:LeaseSeconds", "5"),
    ];

    /// <summary>
    /// Refuses each n-th event when it first comes, and takes it later: chance could refuse one so often that its next attempt is
    /// minutes away.
    /// </summary>
    public void RefuseAtFirst(int n, HttpStatusCode status)
    {
        var ids = new HashSet<string>();
        Answer = e =>
        {
            lock (_gate)
                return Task.FromResult(ids.Add(e.Id) && ids.Count % n == 0 ? status : HttpStatusCode.OK);
        };
    }

    /// <summary>Until what was taken is like this.</summary>
    public Task UntilAsync(Func<IReadOnlyList<WebhookEvent>, bool> holds) => UntilAsync(holds, TestTimeouts.Limit);

    /// <summary>The event that comes behind messages for a user who is connected: they wait until that is certain.</summary>
    public async Task<WebhookEvent> FindBehindMessagesAsync(string type, string userId)
    {
        await UntilAsync(taken => taken.Any(e => e.Type == type && e.UserId == userId), TestTimeouts.Certainty);
        return await FindAsync(type, userId);
    }

    private Task UntilAsync(Func<IReadOnlyList<WebhookEvent>, bool> holds, TimeSpan limit)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (holds(_taken))
                done.SetResult();
            else
                _awaited.Add((holds, done));
        }

        return done.Task.WithinAsync(limit, $"the webhook's events; it has {string.Join(", ", Taken.Select(e => e.Type))}");
    }

    public async Task<WebhookEvent> FindAsync(string type, string userId)
    {
        await UntilAsync(taken => taken.Any(e => e.Type == type && e.UserId == userId));
        return Taken.First(e => e.Type == type && e.UserId == userId);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Assert.Empty(Faults);
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var e = new WebhookEvent(http.Request.Path, http.Request.Headers["webhook-id"].ToString(), Encoding.UTF8.GetString(body.ToArray()));
        if (Fault(http.Request, e) is { } fault)
        {
            lock (_gate)
                Faults.Add(fault);
        }

        lock (_gate)
            Attempts++;
        var status = await Answer(e);
        http.Response.StatusCode = (int)status;
        if ((int)status is >= 300 and < 400)
            http.Response.Headers.Location = "/elsewhere";
        if ((int)status < 300)
            Take(e);
    }

    private void Take(WebhookEvent e)
    {
        lock (_gate)
        {
            _taken.Add(e);
            foreach (var (holds, done) in _awaited)
            {
                if (holds(_taken))
                    done.TrySetResult();
            }
        }
    }

    /// <summary>The specification's algorithm: HMAC-SHA256 of id.timestamp.body with the decoded secret, in base64.</summary>
    private static string? Fault(HttpRequest request, WebhookEvent e)
    {
        var timestamp = request.Headers["webhook-timestamp"].ToString();
        var expected = "v1," + Convert.ToBase64String(
            HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{e.Id}.{timestamp}.{e.Body}")));
        if (request.Headers["webhook-signature"] != expected)
            return $"The signature is {request.Headers["webhook-signature"]} and not {expected}";
        if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture)) > 60)
            return "The timestamp is not now";
        if (request.ContentType?.StartsWith("application/cloudevents+json", StringComparison.Ordinal) != true || request.Method != "POST")
            return $"It is {request.Method} of {request.ContentType}";
        var isWhole = e.Json.GetProperty("specversion").GetString() == "1.0" && e.Json.GetProperty("id").GetString() == e.Id
            && Uri.TryCreate(e.Json.GetProperty("source").GetString(), UriKind.RelativeOrAbsolute, out _)
            && e.Json.GetProperty("time").TryGetDateTimeOffset(out _) && e.Json.GetProperty("datacontenttype").GetString() == "application/json";
        return isWhole ? null : $"It is no CloudEvent: {e.Body}";
    }
}

/// <summary>An event as it came.</summary>
public sealed record WebhookEvent(string Path, string Id, string Body)
{
    public JsonElement Json { get; } = JsonElement.Parse(Body);
    public string Type => Json.GetProperty("type").GetString()!;
    public JsonElement Data => Json.GetProperty("data");
    public string UserId => Text("userId")!;
    public string? Text(string member) => Data.TryGetProperty(member, out var value) ? value.GetString() : null;
    public long Seq => Data.GetProperty("seq").GetInt64();
}
