using System.Buffers;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Sync;

namespace ChatHub.Server.Hubs;

/// <summary>Everything stored on the caller, as JSON lines.</summary>
public static class ExportEndpoint
{
    private const string JsonLines = "application/x-ndjson";

    public static void MapExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/me/export", WriteAsync).WithName("exportMe").RequireAuthorization(Authentication.Users).WithTags("Export")
            .WithSummary("Everything stored on the caller, as JSON lines.").Produces<ExportLine>(contentType: JsonLines);

    private static async Task WriteAsync(HttpContext http, ExportService export, ExportGate gate, CancellationToken cancellation)
    {
        var user = http.User.User();
        using var lease = gate.Enter(user.Key);
        var caller = new Caller(user, ConnectionId: null);
        await export.AnnounceAsync(caller, cancellation);
        http.Response.ContentType = JsonLines;
        http.Response.Headers.ContentDisposition = "attachment; filename=\"chathub.jsonl\"";
        var body = http.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(body);
        await foreach (var line in export.ReadAsync(caller, cancellation))
        {
            JsonSerializer.Serialize(json, line, ContractJson.Default.ExportLine);
            json.Reset();
            body.Write("\n"u8);
            // Waits for a slow reader, so that nothing piles up here.
            await body.FlushAsync(cancellation);
        }
    }
}
