using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Hosting.Shutdown;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting;

/// <summary>Liveness and readiness.</summary>
public static class HealthEndpoints
{
    public const string Path = "/health";

    private const string Ok = "ok";
    private const string Degraded = "degraded";
    private const string Down = "down";

    // A table, because a database may be reached and refuse every read.
    private const string Probe = "SELECT value FROM server_state WHERE name = 'epoch'";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Path).WithTags("Health");
        group.MapGet("/live", () => Results.Json(new Health { Status = Ok, Dependencies = new Dictionary<string, string>() }))
            .WithSummary("The process runs.").Produces<Health>();
        group.MapGet("/ready", ReadyAsync).WithSummary("It can serve; each dependency and its state.")
            .Produces<Health>().Produces<Health>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>200 while it can serve; each dependency by name, and the server itself when it is about to go.</summary>
    private static async Task<IResult> ReadyAsync(IDatabase database, IBackplane backplane, Drain drain, CancellationToken cancellation)
    {
        var states = new Dictionary<string, string> { ["database"] = await DatabaseAsync(database, cancellation) };
        if (backplane.State != BackplaneState.None)
            states["redis"] = backplane.State == BackplaneState.Up ? Ok : Degraded;
        if (drain.HasBegun)
            states["server"] = Down;
        var status = ((string[])[Down, Degraded, Ok]).First(states.ContainsValue);
        return Results.Json(
            new Health { Status = status, Dependencies = states },
            statusCode: status == Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static async Task<string> DatabaseAsync(IDatabase database, CancellationToken cancellation)
    {
        // Whoever waits no longer must not go on asking a database that is away.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await database.ReadAsync(session => session.ScalarAsync<string>(Probe), limit.Token).WaitAsync(Patience, cancellation);
            return Ok;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return Down;
        }
    }
}
