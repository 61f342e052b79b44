using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.People.Accounts;

namespace ChatHub.Server.Hubs;

/// <summary>The caller's own sessions.</summary>
public static class SessionEndpoints
{
    private const string Path = "/api/me/sessions";

    public static void MapSessions(this RouteGroupBuilder accounts)
    {
        var group = accounts.MapGroup("").RequireAuthorization(Authentication.Users);
        group.MapGet(Path, ListAsync).WithName("listSessions").WithSummary("Where the caller is signed in, the latest used first.").Produces<Page<SessionInfo>>();
        group.MapDelete(Path, EndOthersAsync).WithName("endOtherSessions").WithSummary("Ends all sessions but the one that asks.").Produces(StatusCodes.Status204NoContent);
        group.MapDelete($"{Path}/{{id}}", EndAsync).WithName("endSession").WithSummary("Ends a session.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext http, SessionService sessions, CancellationToken cancellation) =>
        Results.Json(await sessions.ListAsync(http.User.User(), http.User.SessionId(), cancellation));

    private static async Task<IResult> EndAsync(string id, HttpContext http, SessionService sessions, CancellationToken cancellation)
    {
        await sessions.EndAsync(http.User.User(), id, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> EndOthersAsync(HttpContext http, SessionService sessions, CancellationToken cancellation)
    {
        await sessions.EndOthersAsync(http.User.User(), http.User.SessionId(), cancellation);
        return Results.NoContent();
    }
}
