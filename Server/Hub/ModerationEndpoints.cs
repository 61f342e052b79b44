using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Safety;

namespace ChatHub.Server.Hubs;

/// <summary>The moderators' queue and bans.</summary>
public static class ModerationEndpoints
{
    public static void MapModeration(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/moderation").RequireAuthorization(Authentication.Moderators);
        group.MapGet("/reports", ListAsync);
        group.MapPost("/reports/{id}/resolve", ResolveAsync);
        group.MapPut("/bans/{userId}", BanAsync);
        group.MapDelete("/bans/{userId}", LiftAsync);
    }

    private static async Task<IResult> ListAsync(
        string? state, string? cursor, int? limit, ModerationService moderation, CancellationToken cancellation)
    {
        var wanted = state switch
        {
            null or "open" => ReportState.Open,
            "resolved" => ReportState.Resolved,
            _ => throw Arguments.Invalid("state must be one of: open, resolved."),
        };
        return Results.Json(await moderation.ListAsync(wanted, cursor, limit, cancellation));
    }

    private static async Task<IResult> ResolveAsync(
        string id, ResolveReportInput input, HttpContext http, ModerationService moderation, CancellationToken cancellation) =>
        Results.Json(await moderation.ResolveAsync(http.User.User().Id, id, input, cancellation));

    private static async Task<IResult> BanAsync(string userId, BanInput input, BanService bans, CancellationToken cancellation) =>
        Results.Json(await bans.PutAsync(userId, input, cancellation));

    private static async Task<IResult> LiftAsync(string userId, BanService bans, CancellationToken cancellation)
    {
        await bans.LiftAsync(userId, cancellation);
        return Results.NoContent();
    }
}
