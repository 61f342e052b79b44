using ChatHub.Server.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatHub.Server.Outbox;

/// <summary>Whether webhooks and pushes leave: degraded when an entry has waited for more than 5 minutes. Everything else goes on.</summary>
public sealed class OutboxHealthCheck(IDatabase database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan LagLimit = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var backlog = await OutboxBacklog.ReadAsync(database, time, cancellationToken);
        return backlog.Lag <= LagLimit ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The oldest entry of the outbox has waited for more than 5 minutes.");
    }
}
