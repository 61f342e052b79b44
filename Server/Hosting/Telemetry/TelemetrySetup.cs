using ChatHub.Server.Hosting.Settings;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatHub.Server.Hosting.Telemetry;

/// <summary>
/// Exports metrics and traces: by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set, for Prometheus where a setting says so. With
/// neither there is no listener, and instruments cost one check of a flag.
/// </summary>
internal static class TelemetrySetup
{
    public const string Path = "/metrics";

    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Own = "ChatHub.*";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TelemetryOptions>("Telemetry");
        var options = builder.Configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new();
        var (otlp, listener) = (builder.Configuration[OtlpEndpoint] is { Length: > 0 }, options.PrometheusUrl.Length > 0);
        if (!otlp && !listener && !options.Prometheus)
            return;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "chathub"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Own, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel");
                if (otlp)
                    metrics.AddOtlpExporter();
                if (listener || options.Prometheus)
                    metrics.AddPrometheusExporter();
            });
        // Not the spans of HTTP requests: their paths and queries hold ids and tokens.
        if (otlp)
            telemetry.WithTracing(traces => traces.AddSource(Own, "Microsoft.AspNetCore.SignalR.Server").AddOtlpExporter());
        builder.Services.AddHostedService<InitialValues>();
        if (listener)
            builder.Services.AddHostedService<PrometheusListener>();
    }

    public static void MapTelemetry(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.Prometheus)
            app.MapPrometheusScrapingEndpoint(Path).RequireAuthorization(Authentication.Services);
    }
}
