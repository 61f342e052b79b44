using System.Collections.Concurrent;
using System.Text;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ChatHub.Tests.Telemetry;

/// <summary>An OTLP receiver (HTTP, protobuf) on a port of its own, which keeps what it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _bodies = [];
    private readonly ReceivedQueue<string> _arrived = new();
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/v1/{signal}", receiver.ReceiveAsync);
        await receiver._app.StartAsync(TestTimeouts.Token);
        return receiver;
    }

    /// <summary>Returns once the signal's bodies hold all of the parts.</summary>
    /// <param name="signal">metrics or traces.</param>
    /// <param name="parts">Names, as UTF-8 in a body; or the bytes of an id.</param>
    public async Task WaitForAsync(string signal, params byte[][] parts)
    {
        while (!Array.TrueForAll(parts, part => Holds(signal, part)))
            await _arrived.NextAsync();
    }

    public Task WaitForAsync(string signal, params string[] names) => WaitForAsync(signal, [.. names.Select(Encoding.UTF8.GetBytes)]);

    public bool Holds(string signal, byte[] part) => Bodies(signal).Any(body => body.AsSpan().IndexOf(part) >= 0);

    public bool Holds(string signal, string text) => Holds(signal, Encoding.UTF8.GetBytes(text));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private ConcurrentQueue<byte[]> Bodies(string signal) => _bodies.GetOrAdd(signal, _ => []);

    private async Task<IResult> ReceiveAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Bodies(signal).Enqueue(body.ToArray());
        _arrived.Add(signal);
        return Results.Bytes([], "application/x-protobuf");
    }
}
