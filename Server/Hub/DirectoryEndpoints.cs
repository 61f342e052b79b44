using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;
using ChatHub.Server.Requests;

namespace ChatHub.Server.Hubs;

/// <summary>The host application's users and follow graph.</summary>
public static class DirectoryEndpoints
{
    private const string UserPath = "/api/directory/users/{userId}";

    public static void MapDirectory(this IEndpointRouteBuilder app)
    {
        app.MapPut(UserPath, PutAsync).RequireAuthorization(Authentication.Services);
        app.MapDelete(UserPath, EraseAsync).RequireAuthorization(Authentication.ServicesAndUsers);
        app.MapPut($"{UserPath}/follows/{{otherId}}", FollowAsync).RequireAuthorization(Authentication.Services);
        app.MapDelete($"{UserPath}/follows/{{otherId}}", UnfollowAsync).RequireAuthorization(Authentication.Services);
    }

    private static async Task<IResult> PutAsync(
        string userId, DirectoryUserInput input, DirectoryService directory, CancellationToken cancellation) =>
        Results.Json(await directory.PutUserAsync(userId, input, cancellation));

    private static async Task<IResult> EraseAsync(
        string userId, HttpContext http, ErasureService erasure, CancellationToken cancellation)
    {
        if (!http.User.IsInRole(Principals.Service) && http.User.FindUser()?.Id != userId)
            throw Refusals.Forbidden();
        await erasure.EraseAsync(userId, cancellation);
        return Results.NoContent();
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
