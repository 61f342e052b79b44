namespace ChatHub.Server.Outbox.Push;

/// <summary>
/// Signs for the endpoint's origin, as RFC 8292 says: the library leaves out a port that is not the scheme's own, and a push service there
/// would refuse the token.
/// </summary>
/// <param name="inner">Sends.</param>
/// <param name="sign">The parameter of the scheme vapid, for an audience.</param>
internal sealed class VapidAudienceHandler(HttpMessageHandler inner, Func<string, Task<string>> sign) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { IsDefaultPort: false } endpoint)
            request.Headers.Authorization = new("vapid", await sign(endpoint.GetLeftPart(UriPartial.Authority)));
        return await base.SendAsync(request, cancellationToken);
    }
}
