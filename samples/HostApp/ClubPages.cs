using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace ChatHub.Samples.HostApp;

/// <summary>The club's own pages: signing in and out, and the members.</summary>
internal static class ClubPages
{
    public static void MapClub(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", Show);
        app.MapPost("/sign-in", SignInAsync);
        app.MapPost("/sign-out", SignOutAsync);
    }

    private static IResult Show(HttpContext http, Members members, IAntiforgery antiforgery)
    {
        var token = antiforgery.GetAndStoreTokens(http);
        var guard = $"""<input type="hidden" name="{token.FormFieldName}" value="{token.RequestToken}">""";
        var me = http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? members.Find(id) : null;
        return Results.Content($"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>The book club</title>
            <h1>The book club</h1>
            {(me is null ? SignInForm(guard) : MemberPage(me, members, guard))}
            </html>
            """, "text/html; charset=utf-8");
    }

    private static string SignInForm(string guard) => $"""
        <form method="post" action="/sign-in">{guard}
        <p><label>Name <input name="name" autocomplete="username"></label></p>
        <p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
        <p><button>Sign in</button></p>
        </form>
        """;

    private static string MemberPage(Member me, Members members, string guard) => $"""
        <p>Hello, {Text(me.FullName)}. <a href="/chat/">Your messages</a></p>
        <ul>{string.Concat(members.All.Where(member => member != me).Select(member =>
            $"<li>{Text(member.FullName)} (<a href=\"/chat/#people/{Text(member.Id)}\">write</a>)</li>"))}</ul>
        <form method="post" action="/sign-out">{guard}<button>Sign out</button></form>
        """;

    private static async Task<IResult> SignInAsync([FromForm] string name, [FromForm] string password, Members members, HttpContext http)
    {
        if (members.Find(name, password) is not { } member)
            return Results.Content("The name or the password is wrong.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status401Unauthorized);
        await http.SignInAsync(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, member.Id)], CookieAuthenticationDefaults.AuthenticationScheme)));
        return Results.LocalRedirect("/");
    }

    // Without a form, antiforgery is asked for by name.
    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery antiforgery)
    {
        await antiforgery.ValidateRequestAsync(http);
        await http.SignOutAsync();
        return Results.LocalRedirect("/");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
