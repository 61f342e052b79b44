using Microsoft.AspNetCore.Authentication;

namespace ChatHub.Server.Hosting.Embedding;

/// <summary>A feature of an embedded ChatHub's request: who the host says that it comes from, asked only where ChatHub wants to know.</summary>
internal sealed class HostRequest(HttpContext http, string? scheme)
{
    /// <summary>Once for each request: the host's handler remembers.</summary>
    public Task<AuthenticateResult> AuthenticateAsync() => http.AuthenticateAsync(scheme);
}
