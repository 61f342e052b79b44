namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>What an endpoint's signature does not say about it, as metadata for the OpenAPI description.</summary>
public static class EndpointDescription
{
    /// <summary>Codes that this endpoint refuses with, beside those that any may.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params string[] codes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RefusalCodes(codes));

    /// <summary>The body, of an endpoint that reads it itself.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="description">What the body is.</param>
    /// <param name="line">What each line of it is; null: bytes.</param>
    /// <param name="contentTypes">As which it may be sent.</param>
    public static TBuilder TakesBody<TBuilder>(this TBuilder endpoint, string description, Type? line, params string[] contentTypes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RawBody(description, line, contentTypes));

    /// <summary>The refresh cookie says who calls.</summary>
    public static TBuilder UsesRefreshCookie<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(RefreshCookieUse.Instance);
}
