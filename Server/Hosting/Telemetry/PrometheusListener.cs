using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace ChatHub.Server.Hosting.Telemetry;

/// <summary>A listener of its own for Prometheus, which serves <c>/metrics</c> and nothing else.</summary>
internal sealed class PrometheusListener(IOptions<TelemetryOptions> options, MeterProvider metrics, ILogger<PrometheusListener> log) : IHostedService
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(options.Value.PrometheusUrl);
        _app = builder.Build();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, predicate: null, TelemetrySetup.Path, configureBranchedPipeline: null, optionsName: null);
        try
        {
            await _app.StartAsync(cancellationToken);
            HostingLog.MetricsServed(log, $"{_app.Urls.First()}{TelemetrySetup.Path}");
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"Telemetry:PrometheusUrl: it cannot listen at {options.Value.PrometheusUrl}: {e.Message}", e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
