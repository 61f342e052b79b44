using ChatHub.Server.Embedding;
using ChatHub.Server.Hosting.Shutdown;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting.Embedding;

/// <summary>
/// ChatHub as an application within the host's: with services, authentication and SignalR of its own, so that the host's are not
/// disturbed. It starts before the host listens, and drains its connections before the host stops listening.
/// </summary>
internal sealed class EmbeddedChatHub(IServiceProvider services, ChatHubEmbeddingOptions options) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly EmbeddedServer _server = new();
    private WebApplication? _app;
    private PathString? _path;
    private bool _isStopped = true;

    /// <summary>Where the host maps it: once, before the start.</summary>
    public void MapAt(string path)
    {
        if (_path is not null)
            throw new InvalidOperationException("ChatHub is mapped already: one application holds one.");
        _path = path;
    }

    /// <summary>The endpoint of everything under the path.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(_path!.Value, out var matched, out var rest))
            throw new InvalidOperationException($"ChatHub is mapped at {_path}, and got {http.Request.Path}.");
        var features = new RequestFeatures(http.Features, http.Request.PathBase + matched, rest);
        if (options.UseHostAuthentication)
            features.Set(new HostRequest(http, options.AuthenticationScheme));
        // The host's limit is for its own endpoints.
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = ChatHubApplication.LargestBody;
        if (!await _server.TryProcessAsync(features))
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CheckHostAsync();
            _app = ChatHubApplication.BuildEmbedded(new(services, options, _path!.Value.Value ?? ""), _server);
            await _app.StartChatHubAsync();
            _isStopped = false;
            _app.LogReady();
            StopWith(_app.Lifetime);
        }
        catch (Exception e)
        {
            var reason = Startup.ReasonOf(e);
            var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(Startup.Category);
            HostingLog.CannotStart(log, reason);
            HostingLog.StartFailed(log, e);
            throw new InvalidOperationException($"ChatHub cannot start: {reason}");
        }
    }

    /// <summary>While the host still listens.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_app is not { } app)
            return;
        var time = TimeSpan.FromSeconds(app.Services.GetRequiredService<IOptions<ShutdownOptions>>().Value.DrainSeconds);
        await app.Services.GetRequiredService<Drain>().RunAsync(time, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is { } app && !Interlocked.Exchange(ref _isStopped, true))
            await app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // A host whose own start failed stops nothing.
        await StopAsync(CancellationToken.None);
        if (Interlocked.Exchange(ref _app, null) is { } app)
            await app.DisposeAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CheckHostAsync()
    {
        if (_path is null)
            throw new InvalidOperationException("builder.AddChatHub() needs app.MapChatHub(path).");
        if (!options.UseHostAuthentication)
            return;
        var schemes = services.GetService<IAuthenticationSchemeProvider>();
        if (options.AuthenticationScheme is { } name && (schemes is null || await schemes.GetSchemeAsync(name) is null))
            throw new InvalidOperationException($"The host has no authentication scheme '{name}', which AddChatHub names.");
        if (options.AuthenticationScheme is null && (schemes is null || await schemes.GetDefaultAuthenticateSchemeAsync() is null))
            throw new InvalidOperationException("The host has no default authentication scheme: set AuthenticationScheme in AddChatHub, or UseHostAuthentication to false.");
    }

    /// <summary>A background service that fails stops its application: half a host would go on otherwise.</summary>
    private void StopWith(IHostApplicationLifetime own) =>
        own.ApplicationStopping.Register(services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
}
