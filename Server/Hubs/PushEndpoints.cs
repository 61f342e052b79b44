using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Outbox.Push;

namespace ChatHub.Server.Hubs;

/// <summary>Web Push: the key that a browser subscribes with, and the caller's subscriptions.</summary>
public static class PushEndpoints
{
    private const string Path = "/api/me/push-subscriptions/{id}";

    public static void MapPush(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Push").WithBodyLimit(BodyLimits.Texts);
        group.MapGet("/api/push/key", KeyAsync).WithName("getPushKey").WithSummary("The server's VAPID public key, for a browser's pushManager.subscribe.").Produces<PushKey>();
        group.MapPut(Path, PutAsync).WithName("putPushSubscription").RequireAuthorization(Authentication.Users)
            .WithSummary("Adds or replaces a push subscription of the caller's, at most 10; it ends with the session.").Produces(StatusCodes.Status204NoContent);
        group.MapDelete(Path, DeleteAsync).WithName("deletePushSubscription").RequireAuthorization(Authentication.Users)
            .WithSummary("Ends a push subscription of the caller's.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> KeyAsync(VapidKeys keys) =>
        Results.Json(new PushKey { PublicKey = (await keys.GetAsync()).Public });

    private static async Task<IResult> PutAsync(
        string id, PushSubscriptionInput input, HttpContext http, PushSubscriptionService subscriptions, CancellationToken cancellation)
    {
        await subscriptions.PutAsync(http.User.User(), http.User.SessionId(), id, input, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, PushSubscriptionService subscriptions, CancellationToken cancellation)
    {
        await subscriptions.RemoveAsync(http.User.User(), id, cancellation);
        return Results.NoContent();
    }
}
