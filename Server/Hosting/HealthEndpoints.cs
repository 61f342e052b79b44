using ChatHub.Contracts;
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

    /// <summary>200 while it can serve; each dependency by name.</summary>
    private static async Task<IResult> ReadyAsync(IDatabase database, CancellationToken cancellation)
    {
        var status = await DatabaseAsync(database, cancellation);
        var health = new Health { Status = status, Dependencies = new Dictionary<string, string> { ["database"] = status } };
        return Results.Json(health, statusCode: status == Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
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
