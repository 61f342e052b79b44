using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.OpenApi;
using ChatHub.Server.People;

namespace ChatHub.Server.Hubs;

/// <summary>Avatars: put by their user, served to everyone with headers that let a browser do nothing but show them.</summary>
public static class AvatarEndpoints
{
    // As long as a picture that was deleted may still be seen by who has seen it before.
    private const string CacheControl = "private, max-age=86400";

    public static void MapAvatars(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Avatars").WithBodyLimit(AvatarImages.MaxBytes);
        group.MapPut("/api/me/avatar", PutAsync).WithName("putAvatar")
            .TakesBody("The picture.", null, "image/png", "image/jpeg", "image/webp").RequireAuthorization(Authentication.Users)
            .WithSummary("Takes the body as the caller's picture: PNG, JPEG or WebP, at most 256 KB.").Produces<AvatarReceipt>();
        group.MapDelete("/api/me/avatar", DeleteAsync).WithName("deleteAvatar").RequireAuthorization(Authentication.Users)
            .WithSummary("Removes the caller's picture.").Produces(StatusCodes.Status204NoContent);
        group.MapGet($"{AvatarService.Path}{{id}}", GetAsync).WithName("getAvatar").WithSummary("A picture.")
            .Produces(StatusCodes.Status200OK, null, AvatarService.ContentType).Produces(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PutAsync(HttpContext http, AvatarService avatars, CancellationToken cancellation)
    {
        using var picture = new MemoryStream();
        await http.Request.Body.CopyToAsync(picture, cancellation);
        return Results.Json(await avatars.PutAsync(http.User.User(), picture.ToArray(), cancellation));
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, AvatarService avatars, CancellationToken cancellation)
    {
        await avatars.DeleteAsync(http.User.User(), cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, AvatarService avatars, CancellationToken cancellation)
    {
        if (await avatars.FindAsync(Arguments.Id(id, "id"), cancellation) is not { } picture)
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = CacheControl;
        return Results.Bytes(picture, AvatarService.ContentType);
    }
}
