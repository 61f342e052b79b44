using Microsoft.Net.Http.Headers;

namespace ChatHub.Server.Hosting.Web;

/// <summary>
/// The web inbox: the files of <c>wwwroot</c> as they were built, read from the assembly once at the start, and one plain page where
/// there are none. Files count against no limit.
/// </summary>
internal static class WebFiles
{
    // No inline script or style, nothing from elsewhere but previews of pictures that the user is about to upload.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; manifest-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Index = "index.html";

    // Of the resources' names: Web.targets.
    private const string Root = "wwwroot/";

    public static void UseWebFiles(this IApplicationBuilder app) => app.UseWebFiles(ReadAll());

    /// <param name="app">The pipeline.</param>
    /// <param name="files">By path; none: they were not built.</param>
    public static void UseWebFiles(this IApplicationBuilder app, Dictionary<string, WebFile> files) =>
        app.Use((http, next) => HttpMethods.IsGet(http.Request.Method) && Find(files, http.Request.Path) is { } serve ? serve(http) : next(http));

    /// <summary>Whether the server was built with them.</summary>
    public static bool AreBuilt => typeof(WebFiles).Assembly.GetManifestResourceInfo(Root + Index) is not null;

    private static Dictionary<string, WebFile> ReadAll() => !AreBuilt
        ? []
        : typeof(WebFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal) && !name.EndsWith(".br", StringComparison.Ordinal))
            .Select(name => name[Root.Length..])
            // Of the system that it was built on.
            .ToDictionary(path => path.Replace('\\', '/'), path => WebFile.Read(path, ReadOne));

    private static byte[]? ReadOne(string path)
    {
        using var file = typeof(WebFiles).Assembly.GetManifestResourceStream(Root + path);
        if (file is null)
            return null;
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

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
