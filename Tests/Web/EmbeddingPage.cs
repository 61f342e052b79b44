using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatHub.Tests.Web;

/// <summary>The page of docs/integration.md: one tag, one script of the server's, one of its own.</summary>
internal static class EmbeddingPage
{
    public static void MapPage(this WebApplication app, Uri server, string token)
    {
        var origin = server.GetLeftPart(UriPartial.Authority);
        var policy = $"default-src 'none'; script-src 'self' {origin}; style-src 'self'; connect-src 'self' {origin} {origin.Replace("http", "ws", StringComparison.Ordinal)}; img-src {origin}";
        app.MapGet("/", (HttpContext http) => Text(http, "text/html; charset=utf-8", policy, $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title><link rel="icon" href="data:,">
            <link rel="stylesheet" href="host.css"><h1 id="host">Elsewhere</h1><p id="badge"></p>
            <chathub-inbox server="{server}" locale="en" theme="light"></chathub-inbox>
            <script type="module" src="{server}inbox.js"></script><script type="module" src="host.js"></script></html>
            """));
        app.MapGet("/host.css", (HttpContext http) => Text(http, "text/css", policy, "h1 { font-size: 33px } chathub-inbox { height: 600px; --chathub-background: #faf4e9 }"));
        app.MapGet("/token", () => token);
        app.MapGet("/host.js", (HttpContext http) => Text(http, "text/javascript", policy, """
            await customElements.whenDefined('chathub-inbox');
            const inbox = document.querySelector('chathub-inbox');
            inbox.addEventListener('chathub-badges', (event) => { document.querySelector('#badge').textContent = event.detail.badges.pendingRequests; });
            inbox.token = async () => (await fetch('token')).text();
            """));
    }

    private static IResult Text(HttpContext http, string type, string policy, string content)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        return Results.Text(content, type);
    }
}
