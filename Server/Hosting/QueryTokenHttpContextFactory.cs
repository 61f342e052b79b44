using ChatHub.Contracts;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ChatHub.Server.Hosting;

/// <summary>
/// Browsers cannot set a header on a WebSocket, so they send the token as <c>access_token</c> in the query. It is moved
/// into the Authorization header before anything else sees the request: no log, trace or metric can then hold it.
/// </summary>
public sealed class QueryTokenHttpContextFactory(DefaultHttpContextFactory inner, PathBase pathBase) : IHttpContextFactory
{
    private const string Parameter = "access_token";

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        ArgumentNullException.ThrowIfNull(featureCollection);
        var request = featureCollection.GetRequiredFeature<IHttpRequestFeature>();
        if (request.QueryString.Contains(Parameter, StringComparison.OrdinalIgnoreCase))
            Move(request);
        return inner.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);

    private void Move(IHttpRequestFeature request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString);
        if (!query.Remove(Parameter, out var token))
            return;
        request.QueryString = QueryHelpers.AddQueryString("", query);
        request.RawTarget = request.Path + request.QueryString;
        var isHub = IsHub(request.Path) || (request.Path.StartsWith(pathBase.Value, StringComparison.OrdinalIgnoreCase) && IsHub(request.Path[pathBase.Value.Length..]));
        if (isHub && StringValues.IsNullOrEmpty(request.Headers.Authorization) && token is [{ Length: > 0 } only])
            request.Headers.Authorization = $"Bearer {only}";
    }

    private static bool IsHub(string path) => path.StartsWith(Limits.HubPath, StringComparison.OrdinalIgnoreCase);
}
