using ChatHub.Contracts;
using ChatHub.Server.Hosting.Issuer;
using ChatHub.Server.Hosting.Shutdown;
using ChatHub.Server.Outbox;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatHub.Server.Hosting;

/// <summary>Liveness and readiness.</summary>
public static class HealthEndpoints
{
    public const string Path = "/health";

    private const string Ok = "ok";
    private const string Degraded = "degraded";
    private const string Down = "down";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <param name="services">The composition.</param>
    /// <param name="hasBackplane">Whether there is one to be checked.</param>
    /// <param name="hasIssuer">Whether there is one to be checked.</param>
    public static void AddHealth(this IServiceCollection services, bool hasBackplane, bool hasIssuer)
    {
        services.AddSingleton<DatabaseHealthCheck>();
        var checks = services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", timeout: Timeout)
            .AddCheck<OutboxHealthCheck>("outbox", HealthStatus.Degraded, timeout: Timeout);
        if (hasBackplane)
            checks.AddCheck<BackplaneHealthCheck>("redis");
        if (hasIssuer)
            checks.AddCheck<IssuerHealthCheck>("issuer");
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Path).WithTags("Health");
        group.MapGet("/live", () => Results.Json(new Health { Status = Ok, Dependencies = new Dictionary<string, string>() })).WithName("live")
            .WithSummary("The process runs.").Produces<Health>();
        group.MapGet("/ready", ReadyAsync).WithName("ready").WithSummary("It can serve; each dependency and its state.")
            .Produces<Health>().Produces<Health>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>200 while it can serve; each dependency by name, and the server itself when it is about to go.</summary>
    private static async Task<IResult> ReadyAsync(HealthCheckService checks, Drain drain, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(cancellation);
        var states = report.Entries.ToDictionary(entry => entry.Key, entry => NameOf(entry.Value.Status));
        if (drain.HasBegun)
            states["server"] = Down;
        var status = ((string[])[Down, Degraded, Ok]).First(states.ContainsValue);
        return Results.Json(
            new Health { Status = status, Dependencies = states },
            statusCode: status == Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => Ok,
        HealthStatus.Degraded => Degraded,
        _ => Down,
    };
}
