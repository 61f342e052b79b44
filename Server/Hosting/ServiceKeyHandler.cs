using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>The host application's key in <c>X-Api-Key</c>: role service.</summary>
public sealed class ServiceKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<AuthOptions> auth)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ServiceKey";
    public const string Header = "X-Api-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
            return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(auth.Value.IsServiceKey(key)
            ? AuthenticateResult.Success(new(Principals.Of(Name, Name, [Principals.Service]), Name))
            : AuthenticateResult.Fail("The key is not known."));
    }

    /// <summary>The key that a request brings, right or wrong.</summary>
    internal static string? KeyOf(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var given) && given is [{ Length: > 0 } key] ? key : null;
}
