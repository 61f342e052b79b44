using Microsoft.AspNetCore.Mvc;

namespace ChatHub.Server.Hubs;

/// <summary>How large a body an endpoint takes: what is larger is refused before it is read.</summary>
public static class BodyLimits
{
    /// <summary>Credentials, or nothing at all.</summary>
    public const int Small = 4 * 1024;

    /// <summary>
    /// Texts: a user as a directory knows them, a moderator's note or decision, a push subscription. A character may be escaped
    /// as 12 bytes of JSON.
    /// </summary>
    public const int Texts = 16 * 1024;

    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder endpoints, int bytes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RequestSizeLimitAttribute(bytes));
}
