using ChatHub.Contracts;
using ChatHub.Server.Hosting.Shutdown;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting;

/// <summary>Liveness and readiness.</summary>
public static class HealthEndpoints
{
    private const string Ok = "ok";
    private const string Down = "down";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("Health");
        group.MapGet("/live", () => Results.Json(new Health { Status = Ok, Dependencies = new Dictionary<string, string>() }))
            .WithSummary("The process runs.").Produces<Health>();
        group.MapGet("/ready", ReadyAsync).WithSummary("It can serve; each dependency and its state.")
            .Produces<Health>().Produces<Health>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>200 while it can serve; each dependency by name, and the server itself when it is about to go.</summary>
    private static async Task<IResult> ReadyAsync(IDatabase database, Drain drain, CancellationToken cancellation)
    {
        var states = new Dictionary<string, string> { ["database"] = await DatabaseAsync(database, cancellation) };
        if (drain.HasBegun)
            states["server"] = Down;
        var isReady = !states.ContainsValue(Down);
        return Results.Json(
            new Health { Status = isReady ? Ok : Down, Dependencies = states },
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> DatabaseAsync(IDatabase database, CancellationToken cancellation)
    {
        try
        {
            await database.ReadAsync(session => session.ScalarAsync<long>("SELECT 1"), cancellation).WaitAsync(Patience, cancellation);
            return Ok;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Down;
        }
    }
}
