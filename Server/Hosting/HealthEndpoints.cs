using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting;

/// <summary>Liveness and readiness.</summary>
public static class HealthEndpoints
{
    private const string Ok = "ok";
    private const string Degraded = "degraded";
    private const string Down = "down";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Json(new Health { Status = Ok, Dependencies = new Dictionary<string, string>() }));
        app.MapGet("/health/ready", ReadyAsync);
    }

    /// <summary>200 while it can serve; each dependency by name.</summary>
    private static async Task<IResult> ReadyAsync(IDatabase database, IBackplane backplane, CancellationToken cancellation)
    {
        var dependencies = new Dictionary<string, string> { ["database"] = await DatabaseAsync(database, cancellation) };
        if (backplane.State != BackplaneState.None)
            dependencies["redis"] = backplane.State == BackplaneState.Up ? Ok : Degraded;
        var status = ((string[])[Down, Degraded, Ok]).First(dependencies.ContainsValue);
        var health = new Health { Status = status, Dependencies = dependencies };
        return Results.Json(health, statusCode: status == Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
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
