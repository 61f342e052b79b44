using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace ChatHub.Server.Hosting.Embedding;

/// <summary>
/// The features of a request that the host passes on: those of its connection are shared; what the host's middleware made (services,
/// endpoint, user, items, session) is neither seen nor changed.
/// </summary>
internal sealed class RequestFeatures : IFeatureCollection
{
    private static readonly HashSet<Type> Shared =
    [
        typeof(IHttpResponseFeature), typeof(IHttpResponseBodyFeature), typeof(IHttpResponseTrailersFeature), typeof(IHttpRequestTrailersFeature),
        typeof(IRequestBodyPipeFeature), typeof(IHttpRequestBodyDetectionFeature), typeof(IHttpBodyControlFeature), typeof(IHttpMaxRequestBodySizeFeature),
        typeof(IHttpRequestLifetimeFeature), typeof(IHttpRequestIdentifierFeature), typeof(IHttpResetFeature), typeof(IHttpConnectionFeature), typeof(ITlsConnectionFeature),
        typeof(IHttpUpgradeFeature), typeof(IHttpExtendedConnectFeature), typeof(IHttpWebSocketFeature),
    ];

    private readonly IFeatureCollection _host;
    private readonly FeatureCollection _own = [];

    /// <param name="host">Of the host's request.</param>
    /// <param name="pathBase">Up to where ChatHub is mapped.</param>
    /// <param name="path">The rest.</param>
    public RequestFeatures(IFeatureCollection host, PathString pathBase, PathString path)
    {
        _host = host;
        var request = host.GetRequiredFeature<IHttpRequestFeature>();
        _own.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Body = request.Body,
            Headers = request.Headers,
            Method = request.Method,
            Path = path.Value ?? "",
            PathBase = pathBase.Value ?? "",
            Protocol = request.Protocol,
            QueryString = request.QueryString,
            RawTarget = request.RawTarget,
            Scheme = request.Scheme,
        });
    }

    public bool IsReadOnly => false;

    public int Revision => _own.Revision + _host.Revision;

    public object? this[Type key]
    {
        get => _own[key] ?? (Shared.Contains(key) ? _host[key] : null);
        set => _own[key] = value;
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() =>
        _own.Concat(_host.Where(feature => Shared.Contains(feature.Key) && _own[feature.Key] is null)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
