using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.OpenApi;
using ChatHub.Server.Safety;
using ChatHub.Server.Safety.Moderation;

namespace ChatHub.Server.Hubs;

/// <summary>The moderators' queue, users' histories, bans and the audit.</summary>
public static class ModerationEndpoints
{
    public static void MapModeration(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/moderation").WithTags("Moderation").RequireAuthorization(Authentication.Moderators)
            .WithBodyLimit(BodyLimits.Texts);
        group.MapGet("/reports", ListAsync).WithName("listReports").WithSummary("The queue, as summaries.").Produces<Page<ReportSummary>>();
        group.MapGet("/reports/{id}", OpenAsync).WithName("getReport").Refuses(ErrorCodes.RequestNotFound).WithSummary("One report with its evidence; it is recorded in the audit.").Produces<ReportCase>();
        group.MapPost("/reports/{id}/resolve", ResolveAsync).WithName("resolveReport").Refuses(ErrorCodes.RequestNotFound).WithSummary("Closes a report: dismissed, with a warning or with a ban.").Produces<ReportSummary>();
        group.MapGet("/users/{userId}", UserAsync).WithName("getModeratedUser").Refuses(ErrorCodes.UserNotFound).WithSummary("A user's reports, bans, warnings and notes.").Produces<ModeratedUser>();
        group.MapPost("/users/{userId}/notes", AddNoteAsync).WithName("addNote").Refuses(ErrorCodes.UserNotFound).WithSummary("Writes a note on a user, for moderators.").Produces<ModeratorNote>();
        group.MapGet("/bans", ListBansAsync).WithName("listBans").WithSummary("Who is banned, the latest first.").Produces<Page<BannedUser>>();
        group.MapPut("/bans/{userId}", BanAsync).WithName("banUser").Refuses(ErrorCodes.UserNotFound).WithSummary("Bans from messaging; without hours until lifted.").Produces<Ban>();
        group.MapDelete("/bans/{userId}", LiftAsync).WithName("liftBan").Refuses(ErrorCodes.UserNotFound).WithSummary("Lifts a ban.").Produces(StatusCodes.Status204NoContent);
        group.MapGet("/audit", AuditAsync).WithName("listAudit").WithSummary("Every action of a moderator, the latest first.").Produces<Page<AuditEntry>>();
    }

    private static async Task<IResult> ListAsync(
        string? state, string? cursor, string? limit, HttpContext http, ModerationService moderation, CancellationToken cancellation)
    {
        var take = Arguments.Limit(limit);
        return Results.Json(state switch
        {
            null or "open" => await moderation.ListOpenAsync(http.User.Id(), cursor, take, cancellation),
            "resolved" => await moderation.ListResolvedAsync(http.User.Id(), cursor, take, cancellation),
            _ => throw Arguments.Invalid("state must be one of: open, resolved."),
        });
    }

    private static async Task<IResult> OpenAsync(
        string id, HttpContext http, ModerationService moderation, CancellationToken cancellation) =>
        Results.Json(await moderation.OpenAsync(http.User.Id(), id, cancellation));

    private static async Task<IResult> ResolveAsync(
        string id, ResolveReportInput input, HttpContext http, ModerationService moderation, CancellationToken cancellation) =>
        Results.Json(await moderation.ResolveAsync(http.User.Id(), id, input, cancellation));

    private static async Task<IResult> UserAsync(
        string userId, HttpContext http, HistoryService history, CancellationToken cancellation) =>
        Results.Json(await history.GetAsync(http.User.Id(), userId, cancellation));

    private static async Task<IResult> AddNoteAsync(
        string userId, ModeratorNoteInput input, HttpContext http, HistoryService history, CancellationToken cancellation) =>
        Results.Json(await history.AddNoteAsync(http.User.Id(), userId, input, cancellation));

    private static async Task<IResult> ListBansAsync(
        string? cursor, string? limit, HttpContext http, BanService bans, CancellationToken cancellation) =>
        Results.Json(await bans.ListAsync(http.User.Id(), cursor, Arguments.Limit(limit), cancellation));

    private static async Task<IResult> BanAsync(
        string userId, BanInput input, HttpContext http, BanService bans, CancellationToken cancellation) =>
        Results.Json(await bans.PutAsync(http.User.Id(), userId, input, cancellation));

    private static async Task<IResult> LiftAsync(string userId, HttpContext http, BanService bans, CancellationToken cancellation)
    {
        await bans.LiftAsync(http.User.Id(), userId, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> AuditAsync(
        string? cursor, string? limit, HttpContext http, AuditService audit, CancellationToken cancellation) =>
        Results.Json(await audit.ListAsync(http.User.Id(), cursor, Arguments.Limit(limit), cancellation));
}
