using System.Security.Claims;
using System.Text.Encodings.Web;
using ChatHub.Contracts;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting.Embedding;

/// <summary>
/// The host's signed-in user. A cookie of the host's comes with a request whichever page makes it: a page of another origin is refused
/// before (<see cref="Origins"/>), and a request that names none counts only where the browser says that it is of this origin, or is no browser.
/// </summary>
internal sealed class HostUserHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<AuthOptions> auth, EmbeddingHost host, AccountService accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Host";

    private const string FetchSite = "Sec-Fetch-Site";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<HostRequest>() is not { } request || IsOfAnotherOrigin(Request))
            return AuthenticateResult.NoResult();
        var given = await request.AuthenticateAsync();
        if (!given.Succeeded)
            return AuthenticateResult.NoResult();
        TokenUserRow? person;
        try
        {
            person = IdOf(given.Principal) is { Length: > 0 } id ? await accounts.FindByTokenAsync(id, sessionId: null, Context.RequestAborted) : null;
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.Unavailable)
        {
            Authentication.LeaveUnchecked(Context, e);
            return AuthenticateResult.NoResult();
        }

        if (person is null || !person.Accepts(sessionId: null, IssuedBefore(given.Properties)))
            return AuthenticateResult.Fail("The host's user is none here.");
        var roles = person.IsModerator || IsModerator(given.Principal) ? [Principals.Moderator] : Array.Empty<string>();
        // What the host's ticket holds besides, its tokens among it, stays the host's.
        return AuthenticateResult.Success(new(
            Principals.Of(Name, person.Ref, sessionId: null, roles), new() { ExpiresUtc = given.Properties.ExpiresUtc }, Name));
    }

    /// <summary>Tickets count in whole seconds: one of the second of a sign-out is taken for a new sign-in, which it mostly is.</summary>
    private static DateTimeOffset IssuedBefore(AuthenticationProperties ticket) =>
        ticket.IssuedUtc is { } at ? at + TimeSpan.FromSeconds(1) : DateTimeOffset.UnixEpoch;

    private static bool IsOfAnotherOrigin(HttpRequest request) =>
        request.Headers.Origin.Count == 0 && request.Headers[FetchSite] is [{ Length: > 0 } site] && site is not ("same-origin" or "none");

    private string? IdOf(ClaimsPrincipal principal) => host.Options.UserId is { } find
        ? find(principal)
        : principal.FindFirstValue(auth.Value.UserIdClaim) ?? principal.FindFirstValue(ClaimTypes.NameIdentifier);

    private bool IsModerator(ClaimsPrincipal principal) => host.Options.IsModerator is { } find
        ? find(principal)
        : principal.IsInRole(auth.Value.ModeratorRole) || auth.Value.RolesOf(principal).Contains(Principals.Moderator);
}
