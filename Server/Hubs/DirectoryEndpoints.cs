using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;
using ChatHub.Server.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace ChatHub.Server.Hubs;

/// <summary>The host application's users and follow graph.</summary>
public static class DirectoryEndpoints
{
    private const string UserPath = "/api/directory/users/{userId}";

    public static void MapDirectory(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Directory");
        group.MapPut(UserPath, PutAsync).RequireAuthorization(Authentication.Services)
            .WithSummary("Adds a user, or makes them read as given.").Produces<UserCard>();
        group.MapDelete(UserPath, EraseAsync).RequireAuthorization(Authentication.ServicesAndUsers)
            .WithSummary("Erases an account.").Produces(StatusCodes.Status204NoContent);
        group.MapPut($"{UserPath}/follows/{{otherId}}", FollowAsync).RequireAuthorization(Authentication.Services)
            .WithSummary("The user follows the other.").Produces(StatusCodes.Status204NoContent);
        group.MapDelete($"{UserPath}/follows/{{otherId}}", UnfollowAsync).RequireAuthorization(Authentication.Services)
            .WithSummary("The user no longer follows the other.").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/api/directory/import", ImportAsync).RequireAuthorization(Authentication.Services)
            .WithSummary("Takes JSON lines of users and follows.").Produces<ImportReport>();
    }

    private static async Task<IResult> PutAsync(
        string userId, DirectoryUserInput input, DirectoryService directory, CancellationToken cancellation) =>
        Results.Json(await directory.PutUserAsync(userId, input, cancellation));

    private static async Task<IResult> EraseAsync(
        string userId, HttpContext http, ErasureService erasure, CancellationToken cancellation)
    {
        if (!http.User.IsInRole(Principals.Service) && http.User.FindUser()?.Id != userId)
            throw Errors.Forbidden();
        await erasure.EraseAsync(userId, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> ImportAsync(HttpContext http, DirectoryImport import, CancellationToken cancellation)
    {
        // Read as it comes and never held whole: it may be of any length.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return Results.Json(await import.RunAsync(http.Request.BodyReader, cancellation));
    }

    private static async Task<IResult> FollowAsync(
        string userId, string otherId, DirectoryService directory, CancellationToken cancellation)
    {
        await directory.FollowAsync(userId, otherId, wanted: true, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> UnfollowAsync(
        string userId, string otherId, DirectoryService directory, CancellationToken cancellation)
    {
        await directory.FollowAsync(userId, otherId, wanted: false, cancellation);
        return Results.NoContent();
    }
}
