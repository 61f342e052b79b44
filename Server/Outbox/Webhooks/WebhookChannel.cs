using System.Globalization;
using System.Net.Http.Headers;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox.Webhooks;

/// <summary>Posts events to one webhook. Any answer of 2xx takes the event; its body is not read.</summary>
public sealed class WebhookChannel(WebhookOptions webhook, IOptions<OutboxOptions> options, IDatabase database, TimeProvider time) : IOutboxChannel, IDisposable
{
    private readonly HttpClient _http = OutboundHttp.Create(webhook.AllowPrivateAddresses);
    private readonly byte[] _key = webhook.Key();
    private readonly Uri _url = new(webhook.Url);

    public long Number => OutboxChannels.OfWebhook(webhook.Index);
    public string Name => OutboxChannels.NameOf(Number);
    public int Concurrency => 8;
    public int MaxAttempts => options.Value.MaxAttempts;
    public bool KeepsDeadLetters => true;

    public bool SkipsConnected(OutboxEventType type) => type == OutboxEventType.MessageReceived;

    public async Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellation)
    {
        using var request = Prepare(item);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode
                ? DeliveryResult.Done
                : DeliveryResult.Failed($"It answered {(int)response.StatusCode}.", RetryAfters.Of(response.Headers.RetryAfter, time));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return DeliveryResult.Failed(e is OperationCanceledException ? "It did not answer in time." : (e.InnerException ?? e).Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Prepare(OutboxItem item)
    {
        var now = time.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds();
        var body = WebhookPayload.Write(item, $"urn:chathub:{database.Epoch}", webhook.IncludeText, now.ToUnixTimeMilliseconds());
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(WebhookPayload.ContentType, "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("ChatHub", null));
        request.Headers.Add(WebhookSignature.IdHeader, item.EntryId);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(_key, item.EntryId, timestamp, body));
        return request;
    }
}
