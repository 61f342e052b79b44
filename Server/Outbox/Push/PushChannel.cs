using System.Net;
using ChatHub.Server.Storage;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox.Push;

/// <summary>
/// Sends notifications to users without a connection. An entry for a user becomes one for each of their subscriptions, which succeed and fail
/// by themselves. What concerns the user no more (seen, answered, muted, blocked) is dropped.
/// </summary>
public sealed class PushChannel : IOutboxChannel, IDisposable
{
    private const int AllTargets = 0;

    // How long a push service keeps a message for a browser that is away.
    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(1);

    private readonly IDatabase _database;
    private readonly OutboxStore _outbox;
    private readonly PushSubscriptionStore _subscriptions;
    private readonly VapidKeys _keys;
    private readonly PushOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PushChannel> _log;
    private readonly HttpClient _http;

    public PushChannel(
        IDatabase database, OutboxStore outbox, PushSubscriptionStore subscriptions, VapidKeys keys, IOptions<PushOptions> options, TimeProvider time, ILogger<PushChannel> log)
    {
        (_database, _outbox, _subscriptions, _keys, _options, _time, _log) = (database, outbox, subscriptions, keys, options.Value, time, log);
        _http = OutboundHttp.Create(_options.AllowPrivateAddresses, handler => new VapidAudienceHandler(handler, SignAsync));
    }

    public long Number => OutboxChannels.Push;
    public string Name => OutboxChannels.NameOf(Number);
    public int Concurrency => 32;

    /// <summary>With the default waits it is about an hour: later a notification is of no use.</summary>
    public int MaxAttempts => 10;
    public bool KeepsDeadLetters => false;

    public bool SkipsConnected(OutboxEventType type) => true;

    public async Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!IsWorthwhile(item, now))
            return DeliveryResult.Done;
        if (item.Target == AllTargets)
            return await SplitAsync(item, now, cancellation);
        return await _database.ReadAsync(session => _subscriptions.FindAsync(session, item.UserKey, item.Target, now), cancellation) is { } subscription
            ? await SendAsync(item, subscription, cancellation)
            : DeliveryResult.Done;
    }

    public void Dispose() => _http.Dispose();

    private static bool IsWorthwhile(OutboxItem item, long now) =>
        !item.UserIsRemoved && !item.PeerIsRemoved && !item.PeerIsBlocked && !item.IsMuted(now)
        && (item.Event != OutboxEventType.RequestReceived || item.IsInMain);

    private async Task<DeliveryResult> SplitAsync(OutboxItem item, long now, CancellationToken cancellation)
    {
        await _database.WriteAsync(LockScope.OfUser(item.UserKey), Split, cancellation);
        return DeliveryResult.Done;

        async Task Split(DbSession session)
        {
            var live = await _subscriptions.OfUserAsync(session, item.UserKey, now);
            await _outbox.SplitAsync(session, item, live.Select(subscription => subscription.SubscriptionKey));
            // Those that ended with their session are counted no longer.
            if (live.Count == 0)
                await _subscriptions.CountAsync(session, item.UserKey);
        }
    }

    private async Task<DeliveryResult> SendAsync(OutboxItem item, PushSubscriptionRow row, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(row, PushPayload.Write(item), cancellation);
            return DeliveryResult.Done;
        }
        catch (PushServiceClientException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return await RemoveAsync(row) ? DeliveryResult.Done : DeliveryResult.Failed($"{new Uri(row.Endpoint).Host}: The subscription has another endpoint now.");
        }
        catch (PushServiceClientException e) when ((int)e.StatusCode is >= 300 and < 500 && e.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout))
        {
            // It would be refused again.
            OutboxLog.PushRefused(_log, new Uri(row.Endpoint).Host, $"It answered {(int)e.StatusCode}.");
            return DeliveryResult.Done;
        }
        catch (PushServiceClientException e)
        {
            return DeliveryResult.Failed($"{new Uri(row.Endpoint).Host} answered {(int)e.StatusCode}.", RetryAfters.Of(e.Headers?.RetryAfter, _time));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var reason = e is OperationCanceledException ? "It did not answer in time." : (e.InnerException ?? e).Message;
            return DeliveryResult.Failed($"{new Uri(row.Endpoint).Host}: {reason}");
        }
    }

    private async Task SendAsync(PushSubscriptionRow row, string payload, CancellationToken cancellation)
    {
        using var vapid = await VapidAsync();
        // Waiting and trying again is the dispatcher's.
        var client = new PushServiceClient(_http) { AutoRetryAfter = false };
        var message = new PushMessage(payload) { TimeToLive = (int)TimeToLive.TotalSeconds, Urgency = PushMessageUrgency.High };
        var subscription = new PushSubscription { Endpoint = row.Endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, row.P256dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, row.Auth);
        await client.RequestPushMessageDeliveryAsync(subscription, message, vapid, cancellation);
    }

    private async Task<string> SignAsync(string audience)
    {
        using var vapid = await VapidAsync();
        return vapid.GetVapidSchemeAuthenticationHeaderValueParameter(audience);
    }

    private async Task<VapidAuthentication> VapidAsync()
    {
        var pair = await _keys.GetAsync();
        var vapid = new VapidAuthentication(pair.Public, pair.Private);
        if (_options.Contact.Length > 0)
            vapid.Subject = _options.Contact;
        return vapid;
    }

    private Task<bool> RemoveAsync(PushSubscriptionRow row) => _database.WriteAsync(
        LockScope.OfUser(row.UserKey), session => _subscriptions.RemoveAsync(session, row), committed: null, CancellationToken.None);
}
