using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Safety;

namespace ChatHub.Server.Hubs;

/// <summary>The moderators' queue and bans.</summary>
public static class ModerationEndpoints
{
    public static void MapModeration(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/moderation").WithTags("Moderation").RequireAuthorization(Authentication.Moderators)
            .WithBodyLimit(BodyLimits.Small);
        group.MapGet("/reports", ListAsync).WithSummary("The queue, oldest first, with its evidence.").Produces<Page<ReportCase>>();
        group.MapPost("/reports/{id}/resolve", ResolveAsync).WithSummary("Closes a report, with or without a ban.").Produces<ReportCase>();
        group.MapPut("/bans/{userId}", BanAsync).WithSummary("Bans from messaging; without hours until lifted.").Produces<Ban>();
        group.MapDelete("/bans/{userId}", LiftAsync).WithSummary("Lifts a ban.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(
        string? state, string? cursor, string? limit, HttpContext http, ModerationService moderation, CancellationToken cancellation)
    {
        var wanted = state switch
        {
            null or "open" => ReportState.Open,
            "resolved" => ReportState.Resolved,
            _ => throw Arguments.Invalid("state must be one of: open, resolved."),
        };
        return Results.Json(await moderation.ListAsync(http.User.Id(), wanted, cursor, Arguments.Limit(limit), cancellation));
    }

    private static async Task<IResult> ResolveAsync(
        string id, ResolveReportInput input, HttpContext http, ModerationService moderation, CancellationToken cancellation) =>
        Results.Json(await moderation.ResolveAsync(http.User.Id(), id, input, cancellation));

    private static async Task<IResult> BanAsync(string userId, BanInput input, BanService bans, CancellationToken cancellation) =>
        Results.Json(await bans.PutAsync(userId, input, cancellation));

    private static async Task<IResult> LiftAsync(string userId, BanService bans, CancellationToken cancellation)
    {
        await bans.LiftAsync(userId, cancellation);
        return Results.NoContent();
    }
}
