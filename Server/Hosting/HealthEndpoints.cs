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
        app.MapGet("/health/live", () => Results.Json(new Health { Status = Ok, Dependencies = new Dictionary<string, string>() }));
        app.MapGet("/health/ready", ReadyAsync);
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
        // Whoever waits no longer must not go on asking a database that is away.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await database.ReadAsync(session => session.ScalarAsync<long>("SELECT 1"), limit.Token).WaitAsync(Patience, cancellation);
            return Ok;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return Down;
        }
    }
}
