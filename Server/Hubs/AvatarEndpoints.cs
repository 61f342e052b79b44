using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;

namespace ChatHub.Server.Hubs;

/// <summary>Avatars: put by their user, served with headers that let a browser do nothing but show them.</summary>
public static class AvatarEndpoints
{
    public static void MapAvatars(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Avatars");
        group.MapPut("/api/me/avatar", PutAsync).RequireAuthorization(Authentication.Users)
            .WithSummary("Takes the body as the caller's picture: PNG, JPEG or WebP, at most 256 KB.").Produces<AvatarReceipt>();
        group.MapDelete("/api/me/avatar", DeleteAsync).RequireAuthorization(Authentication.Users)
            .WithSummary("Removes the caller's picture.").Produces(StatusCodes.Status204NoContent);
        group.MapGet($"{AvatarService.Path}{{id}}", GetAsync).WithSummary("A picture.")
            .Produces(StatusCodes.Status200OK, null, "image/png", "image/jpeg", "image/webp").Produces(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PutAsync(HttpContext http, AvatarService avatars, CancellationToken cancellation) =>
        Results.Json(await avatars.PutAsync(http.User.User(), await ReadAsync(http.Request, cancellation), cancellation));

    private static async Task<IResult> DeleteAsync(HttpContext http, AvatarService avatars, CancellationToken cancellation)
    {
        await avatars.DeleteAsync(http.User.User(), cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, AvatarService avatars, CancellationToken cancellation)
    {
        if (await avatars.FindAsync(id, cancellation) is not { } avatar)
            return Results.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // Each picture has an id of its own.
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(avatar.Content, avatar.ContentType);
    }

    /// <summary>The body, up to one byte more than is allowed: that one shows that it is too long.</summary>
    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > AvatarRules.MostBytes)
            throw Errors.InvalidArgument($"An avatar must be at most {AvatarRules.MostBytes / 1024} KB.");
        var buffer = new byte[AvatarRules.MostBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return buffer[..read];
    }
}
