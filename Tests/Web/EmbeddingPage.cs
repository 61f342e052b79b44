using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatHub.Tests.Web;

/// <summary>The page of docs/integration.md: one tag, one script of the server's, one of its own.</summary>
internal static class EmbeddingPage
{
    private const string Script = """
        await customElements.whenDefined('chathub-inbox');
        const inbox = document.querySelector('chathub-inbox');
        inbox.addEventListener('chathub-badges', (event) => { document.querySelector('#badge').textContent = event.detail.badges.pendingRequests; });
        inbox.token = async () => (await fetch('token')).text();
        """;

    /// <param name="app">The site.</param>
    /// <param name="inbox">The inbox's server and the user's token, known once the site has an address.</param>
    public static void MapPage(this WebApplication app, Func<(Uri Server, string Token)> inbox)
    {
        app.MapGet("/", (HttpContext http) => Document(http, inbox().Server));
        app.MapGet("/host.css", () => Results.Text("h1 { font-size: 33px } chathub-inbox { height: 600px; --chathub-background: #faf4e9 }", "text/css"));
        app.MapGet("/token", () => inbox().Token);
        app.MapGet("/host.js", () => Results.Text(Script, "text/javascript"));
    }

    private static IResult Document(HttpContext http, Uri server)
    {
        var origin = server.GetLeftPart(UriPartial.Authority);
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self' {origin}; style-src 'self'; connect-src 'self' {origin} {origin.Replace("http", "ws", StringComparison.Ordinal)}; img-src {origin} data:";
        return Results.Text($"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title><link rel="icon" href="data:,">
            <link rel="stylesheet" href="host.css"><h1 id="host">Elsewhere</h1><p id="badge"></p>
            <chathub-inbox server="{server}" locale="en" theme="light"></chathub-inbox>
            <script type="module" src="{server}inbox.js"></script><script type="module" src="host.js"></script></html>
            """, "text/html; charset=utf-8");
    }
}
