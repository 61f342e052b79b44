using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.OpenApi;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Requests;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatHub.Server.Hubs;

/// <summary>The host application's users and follow graph.</summary>
public static class DirectoryEndpoints
{
    private const string UserPath = "/api/directory/users/{userId}";

    public static void MapDirectory(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Directory").WithBodyLimit(BodyLimits.Texts);
        group.MapPut(UserPath, PutAsync).WithName("putUser").Refuses(ErrorCodes.UserNotFound, ErrorCodes.UsernameTaken).RequireAuthorization(Authentication.Services)
            .WithSummary("Adds a user, or makes them read as given.").Produces<UserCard>();
        group.MapDelete(UserPath, EraseAsync).WithName("eraseUser").Refuses(ErrorCodes.UserNotFound, ErrorCodes.InvalidCredentials).RequireAuthorization(Authentication.ServicesAndUsers)
            .WithSummary("Erases an account; the user of a built-in one gives the password.").Produces(StatusCodes.Status204NoContent);
        group.MapGet(UserPath, GetAsync).WithName("getUser").Refuses(ErrorCodes.UserNotFound).RequireAuthorization(Authentication.Services)
            .WithSummary("A user, with roles, ban and counts.").Produces<DirectoryUser>();
        group.MapGet("/api/directory/users", ListAsync).WithName("listUsers").RequireAuthorization(Authentication.Services)
            .WithSummary("All users.").Produces<Page<DirectoryUser>>();
        group.MapPut($"{UserPath}/roles/moderator", GrantAsync).WithName("grantModerator").Refuses(ErrorCodes.UserNotFound).RequireAuthorization(Authentication.Services)
            .WithSummary("Gives the account the role moderator.").Produces(StatusCodes.Status204NoContent);
        group.MapDelete($"{UserPath}/roles/moderator", RevokeAsync).WithName("revokeModerator").Refuses(ErrorCodes.UserNotFound).RequireAuthorization(Authentication.Services)
            .WithSummary("Takes the role moderator from the account.").Produces(StatusCodes.Status204NoContent);
        group.MapDelete($"{UserPath}/sessions", SignOutAsync).WithName("endSessionsOfUser").Refuses(ErrorCodes.UserNotFound).RequireAuthorization(Authentication.Services)
            .WithSummary("Ends the user's sessions and connections.").Produces(StatusCodes.Status204NoContent);
        group.MapPut($"{UserPath}/follows/{{otherId}}", FollowAsync).WithName("followUser").Refuses(ErrorCodes.UserNotFound).RequireAuthorization(Authentication.Services)
            .WithSummary("The user follows the other.").Produces(StatusCodes.Status204NoContent);
        group.MapDelete($"{UserPath}/follows/{{otherId}}", UnfollowAsync).WithName("unfollowUser").Refuses(ErrorCodes.UserNotFound).RequireAuthorization(Authentication.Services)
            .WithSummary("The user no longer follows the other.").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/api/directory/import", ImportAsync).WithName("importUsers")
            .TakesBody("One user or follow a line.", typeof(ImportLine), "application/x-ndjson").RequireAuthorization(Authentication.Services)
            .WithSummary("Takes JSON lines of users and follows.").Produces<ImportReport>();
    }

    private static async Task<IResult> PutAsync(
        string userId, DirectoryUserInput input, DirectoryService directory, CancellationToken cancellation) =>
        Results.Json(await directory.PutUserAsync(userId, input, cancellation));

    private static async Task<IResult> GetAsync(string userId, DirectoryService directory, CancellationToken cancellation) =>
        Results.Json(await directory.GetAsync(userId, cancellation));

    private static async Task<IResult> ListAsync(
        string? cursor, string? limit, DirectoryService directory, CancellationToken cancellation) =>
        Results.Json(await directory.ListAsync(cursor, Arguments.Limit(limit), cancellation));

    private static async Task<IResult> EraseAsync(
        string userId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] EraseInput? input,
        HttpContext http,
        AccountService accounts,
        PasswordGuesses guesses,
        ErasureService erasure,
        CancellationToken cancellation)
    {
        if (!http.User.IsInRole(Principals.Service))
        {
            if (http.User.FindUser() is not { } user || user.Id != userId)
                throw Errors.Forbidden();
            await VerifyAsync(user);
        }

        await erasure.EraseAsync(userId, cancellation);
        return Results.NoContent();

        // A stolen token must not be enough. Whom the directory brought has no password here.
        async Task VerifyAsync(UserRef user)
        {
            if (!await accounts.HasPasswordAsync(user, cancellation))
                return;
            var password = Arguments.Required(input?.Password, "password");
            await guesses.TryAsync(http, user, () => accounts.VerifyAsync(user, password, cancellation));
        }
    }

    private static async Task<IResult> GrantAsync(string userId, RoleService roles, CancellationToken cancellation)
    {
        await roles.SetModeratorAsync(userId, isModerator: true, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> RevokeAsync(string userId, RoleService roles, CancellationToken cancellation)
    {
        await roles.SetModeratorAsync(userId, isModerator: false, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> SignOutAsync(string userId, SessionService sessions, CancellationToken cancellation)
    {
        await sessions.EndAllAsync(userId, cancellation);
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
