namespace ChatHub.Server.Hosting.Web;

/// <summary>The page of a server that was built without its web inbox: what is missing and how it comes.</summary>
internal static class MissingWebFiles
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>ChatHub</title>
        <h1>ChatHub is running</h1>
        <p>The web inbox is missing: this server was built on a machine without Node.js, or with <code>SkipWeb</code>.</p>
        <p>Install Node.js 20 or later, build the server again, and reload this page.</p>
        <p>The hub is at <code>hubs/chat</code>; the HTTP part is described by <a href="openapi/v1.json">openapi/v1.json</a>.</p>
        </html>
        """;

    public static Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(Page, "text/html; charset=utf-8").ExecuteAsync(http);
    }
}
