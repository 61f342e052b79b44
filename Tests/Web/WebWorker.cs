using System.Text.Json;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;

namespace ChatHub.Tests.Web;

/// <summary>The service worker of a page, by the debugger.</summary>
internal sealed class WebWorker : IAsyncDisposable
{
    private readonly ICDPSession _browser;
    private readonly string _session;
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> _calls = [];
    private int _last;

    private WebWorker(ICDPSession browser, string session) => (_browser, _session) = (browser, session);

    /// <summary>Attaches to the worker of the origin, which is running.</summary>
    public static async Task<WebWorker> AttachAsync(IBrowserContext context, Uri address)
    {
        var browser = await context.Browser!.NewBrowserCDPSessionAsync();
        var targets = (await browser.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos").EnumerateArray();
        var id = targets.Last(target => target.GetProperty("type").GetString() == "service_worker"
            && target.GetProperty("url").GetString()!.StartsWith(address.AbsoluteUri, StringComparison.Ordinal)).GetProperty("targetId").GetString()!;
        var attached = await browser.SendAsync("Target.attachToTarget", new() { ["targetId"] = id, ["flatten"] = false });
        var worker = new WebWorker(browser, attached!.Value.GetProperty("sessionId").GetString()!);
        browser.Event("Target.receivedMessageFromTarget").OnEvent += (_, message) => worker.OnMessage(message!.Value.GetProperty("message").GetString()!);
        return worker;
    }

    /// <summary>The value of an expression, awaited where it is a promise, as if the user had clicked.</summary>
    public async Task<JsonElement> RunAsync(string expression)
    {
        var id = ++_last;
        var call = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(id, call);
        var message = JsonSerializer.Serialize(new { id, method = "Runtime.evaluate", @params = new { expression, userGesture = true, awaitPromise = true, returnByValue = true } });
        await _browser.SendAsync("Target.sendMessageToTarget", new() { ["sessionId"] = _session, ["message"] = message });
        var result = (await call.Task.SoonAsync()).GetProperty("result").GetProperty("result");
        return result.TryGetProperty("value", out var value) ? value : default;
    }

    public async ValueTask DisposeAsync() => await _browser.DetachAsync();

    private void OnMessage(string message)
    {
        var response = JsonElement.Parse(message);
        if (response.TryGetProperty("id", out var id) && _calls.TryGetValue(id.GetInt32(), out var call))
            call.TrySetResult(response);
    }
}
