using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace ChatHub.Server.Hosting.Embedding;

/// <summary>The server of an embedded ChatHub: it listens nowhere, and processes what the host's pipeline passes on.</summary>
internal sealed class EmbeddedServer : IServer
{
    private volatile Func<IFeatureCollection, Task>? _process;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _process = features => ProcessAsync(application, features);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _process = null;
        return Task.CompletedTask;
    }

    /// <summary>Processes one request.</summary>
    /// <returns>False where the application does not run.</returns>
    public async Task<bool> TryProcessAsync(IFeatureCollection features)
    {
        if (_process is not { } process)
            return false;
        await process(features);
        return true;
    }

    public void Dispose()
    {
    }

    private static async Task ProcessAsync<TContext>(IHttpApplication<TContext> application, IFeatureCollection features)
        where TContext : notnull
    {
        var context = application.CreateContext(features);
        try
        {
            await application.ProcessRequestAsync(context);
        }
        catch (Exception e)
        {
            application.DisposeContext(context, e);
            throw;
        }

        application.DisposeContext(context, null);
    }
}
