using Microsoft.Net.Http.Headers;

namespace ChatHub.Server.Hosting.Web;

/// <summary>
/// The web inbox: the files of <c>wwwroot</c> beside the program, read once at the start, and one plain page where they were
/// not built. Files count against no limit.
/// </summary>
internal static class WebFiles
{
    // No inline script or style, nothing from elsewhere but previews of pictures that the user is about to upload.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; manifest-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Index = "index.html";

    public static void UseWebFiles(this WebApplication app)
    {
        var files = Read(app.Environment.WebRootPath ?? Path.Combine(app.Environment.ContentRootPath, "wwwroot"));
        app.Use((http, next) => HttpMethods.IsGet(http.Request.Method) && Find(files, http.Request.Path) is { } serve ? serve(http) : next(http));
    }

    private static Dictionary<string, WebFile> Read(string folder) =>
        !File.Exists(Path.Combine(folder, Index))
            ? []
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".br", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .ToDictionary(path => path, path => WebFile.Read(folder, path));

    private static RequestDelegate? Find(Dictionary<string, WebFile> files, PathString path)
    {
        if (!path.HasValue)
            return AddSlash;
        var name = path.Value is "/" ? Index : path.Value![1..];
        if (files.TryGetValue(name, out var file))
            return http => WriteAsync(http, file);
        return files.Count == 0 && name == Index ? MissingWebFiles.WriteAsync : null;
    }

    // The page's own addresses are relative: under Http:PathBase they need the slash.
    private static Task AddSlash(HttpContext http)
    {
        http.Response.Redirect($"{http.Request.PathBase}/{http.Request.QueryString}");
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext http, WebFile file)
    {
        http.Response.Headers[HeaderNames.ContentSecurityPolicy] = Policy;
        return file.WriteAsync(http);
    }
}
