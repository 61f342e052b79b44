using System.Security.Cryptography;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox.Push;

/// <summary>The browsers of a user that get notifications by Web Push.</summary>
public sealed class PushSubscriptionService(
    IDatabase database, PushSubscriptionStore store, IOptions<PushOptions> options, TimeProvider time)
{
    /// <param name="user">Whose.</param>
    /// <param name="sessionId">The session that it ends with; null for a token of none.</param>
    /// <param name="id">Chosen by the client; a second subscription of the same id replaces the first.</param>
    /// <param name="input">Throws invalid_argument.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    public async Task PutAsync(UserRef user, string? sessionId, string id, PushSubscriptionInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var deviceId = PushSubscriptionRules.Id(id);
        var endpoint = PushSubscriptionRules.Endpoint(input.Endpoint, options.Value.AllowPrivateAddresses);
        var row = new PushSubscriptionRow
        {
            UserKey = user.Key,
            DeviceId = deviceId,
            Endpoint = endpoint,
            EndpointHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint))),
            P256dh = PushSubscriptionRules.PublicKey(input.P256dh),
            Auth = PushSubscriptionRules.Secret(input.Auth),
            PutAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        // Of the user whose browser it was before, the count changes too.
        var owner = await database.ReadAsync(session => store.OwnerAsync(session, row.EndpointHash), cancellation);
        await database.WriteAsync(
            LockScope.OfUsers(user.Key, owner ?? user.Key),
            async session => await store.PutAsync(session, row with { SessionKey = await SessionKeyAsync(session) }),
            cancellation);

        // One that ended since the token was checked takes no subscription: it would outlive it.
        async Task<long?> SessionKeyAsync(DbSession session) =>
            sessionId is null ? null : await store.SessionKeyAsync(session, user.Key, sessionId) ?? throw Errors.Unauthenticated();
    }

    /// <summary>Ends it; an id that is none of the user's has ended already.</summary>
    public Task RemoveAsync(UserRef user, string id, CancellationToken cancellation)
    {
        var deviceId = PushSubscriptionRules.Id(id);
        return database.WriteAsync(LockScope.OfUser(user.Key), session => store.RemoveAsync(session, user.Key, deviceId), cancellation);
    }
}
