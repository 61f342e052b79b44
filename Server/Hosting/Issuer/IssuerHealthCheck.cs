using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatHub.Server.Hosting.Issuer;

/// <summary>The issuer. While it is away the keys that were read hold, which is degraded; without any, no user can be served.</summary>
public sealed class IssuerHealthCheck(IssuerKeys keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.State switch
        {
            IssuerState.Up => HealthCheckResult.Healthy(),
            IssuerState.Away => HealthCheckResult.Degraded("The issuer is away; its last keys hold."),
            _ => HealthCheckResult.Unhealthy("The issuer's keys were never read."),
        });
}
