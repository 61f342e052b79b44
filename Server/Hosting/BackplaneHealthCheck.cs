using ChatHub.Server.Delivery;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatHub.Server.Hosting;

/// <summary>The backplane. Without it each instance serves alone, which is degraded and no more.</summary>
public sealed class BackplaneHealthCheck(IBackplane backplane) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(backplane.State == BackplaneState.Up ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The backplane is away."));
}
