using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Hosting.Telemetry;

/// <summary>The settings under <c>Telemetry</c>. OTLP is configured by its standard environment variables.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>An address of its own (http://127.0.0.1:9464) at whose <c>/metrics</c> Prometheus scrapes, without a key. Empty: none.</summary>
    public string PrometheusUrl { get; set; } = "";

    /// <summary>Whether <c>/metrics</c> is served beside the rest, for the role service.</summary>
    public bool Prometheus { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PrometheusUrl.Length > 0 && !IsAddress(PrometheusUrl))
            yield return new($"Telemetry:PrometheusUrl must be an address like http://127.0.0.1:9464, and '{PrometheusUrl}' is none.");
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http", PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
