using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.Embedding;
using ChatHub.Server.People.Accounts;
using Microsoft.AspNetCore.Authentication;

namespace ChatHub.Server.Hubs;

/// <summary>For the user who is signed in at the host that ChatHub is embedded in: an access token, for clients that want one.</summary>
internal static class HostSessionEndpoint
{
    public static void MapHostSession(this IEndpointRouteBuilder app) =>
        app.MapPost($"{RefreshCookies.Path}/host", IssueAsync).WithTags("Accounts").WithName("hostSession").WithBodyLimit(BodyLimits.Small)
            // A token brings no further token: signed out at the host, it ends.
            .RequireAuthorization(Authentication.HostUsers)
            .WithSummary("An access token of the user who is signed in at the host.").Produces<Session>();

    private static async Task<IResult> IssueAsync(HttpContext http, AccountService accounts, AccessTokens tokens, CancellationToken cancellation)
    {
        var person = await accounts.FindByTokenAsync(http.User.User().Id, sessionId: null, cancellation) ?? throw Errors.Unauthenticated();
        var ticket = await http.AuthenticateAsync(HostUserHandler.Name);
        return Results.Json(tokens.Issue(person.Card(), ticket.Properties?.ExpiresUtc, isModerator: http.User.IsInRole(Principals.Moderator)));
    }
}
