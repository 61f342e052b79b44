using System.Globalization;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>
/// The first load of the page and the opening of chats, with the processor throttled four-fold: <c>docs/web-benchmark.sh</c>.
/// Written to TestResults/web-benchmark.md; nothing is asserted of times.
/// </summary>
[Collection(WebCollection.Name)]
public sealed class WebBenchmark(WholeBrowser browser)
{
    private const int Loads = 9;
    private const int Openings = 15;

    // When the first row of the list was painted, and how many chats the inbox held then.
    private const string Watch = """
        const look = () => {
          const inbox = document.querySelector('chathub-inbox');
          if (!inbox?.shadowRoot?.querySelector('.list .item')) return void requestAnimationFrame(look);
          const chats = inbox.client.store.state.conversations.size;
          setTimeout(() => { window.painted = { at: performance.now(), chats }; });
        };
        requestAnimationFrame(look);
        """;

    // From the click until the end of the chat is painted.
    private const string Open = """
        ([name, text]) => new Promise((done) => {
          const root = document.querySelector('chathub-inbox').shadowRoot;
          const row = [...root.querySelectorAll('.list .item')].find((item) => item.textContent.includes(name));
          const from = performance.now();
          row.click();
          const look = () => {
            const box = root.querySelector('.thread');
            const last = [...root.querySelectorAll('.bubble')].at(-1);
            if (!last?.textContent.includes(text) || box.scrollHeight - box.scrollTop - box.clientHeight > 1) return void requestAnimationFrame(look);
            setTimeout(() => done(performance.now() - from));
          };
          requestAnimationFrame(look);
        })
        """;

    [Fact(Explicit = true)]
    public async Task Web_is_measured()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await LargeInbox.FillAsync(server.Database, account);
        var first = await InboxPage.SignInAsync(context, server.Address, account);
        await first.Page.CloseAsync();

        var loads = new List<Load>();
        // The first one warms up the server.
        for (var i = 0; i <= Loads; i++)
            loads.Add(await LoadAsync(context, server.Address));
        loads.RemoveAt(0);
        var (longChat, shortChat) = await OpenChatsAsync(context, server.Address);
        var ratios = longChat.Zip(shortChat, (a, b) => a / b).ToList();

        string[] report =
        [
            "| | median (least..most) |", "|---|--:|",
            $"| script of the first load, brotli, KB | {Spread(loads.Select(load => load.ScriptBytes / 1024.0), "0.0")} |",
            $"| everything before the first inbox, KB | {Spread(loads.Select(load => load.AllBytes / 1024.0), "0.0")} |",
            $"| first paint, ms | {Spread(loads.Select(load => load.FirstPaint), "0")} |",
            $"| first inbox painted, ms | {Spread(loads.Select(load => load.Inbox), "0")} |",
            $"| chats that it held then, of {LargeInbox.Chats:#,0} | {Spread(loads.Select(load => load.Chats), "0")} |",
            $"| end of a chat of {LargeInbox.LongChat:#,0} messages shown, ms | {Spread(longChat, "0")} |",
            $"| end of a chat of {LargeInbox.ShortChat} messages shown, ms | {Spread(shortChat, "0")} |",
            $"| **long ÷ short** | **{Spread(ratios, "0.00")}** |",
            "", $"Fetched before the first inbox: {string.Join(", ", loads[^1].Fetched)}.",
        ];
        var folder = Directory.CreateDirectory(Repository.File("TestResults"));
        await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "web-benchmark.md"), report, TestTimeouts.Token);
    }

    /// <param name="ScriptBytes">As they came over the network.</param>
    /// <param name="AllBytes">With the document, its styles and the session.</param>
    /// <param name="FirstPaint">Milliseconds since the navigation, as the next one.</param>
    /// <param name="Inbox">When the first row of the list was painted.</param>
    /// <param name="Chats">How many chats the inbox held then.</param>
    /// <param name="Fetched">The paths that were asked for until then.</param>
    private sealed record Load(double ScriptBytes, double AllBytes, double FirstPaint, double Inbox, double Chats, IReadOnlyList<string> Fetched);

    private static async Task<Load> LoadAsync(IBrowserContext context, Uri address)
    {
        var (page, session) = await ThrottledPageAsync(context);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync(address.AbsoluteUri);
        await page.WaitForFunctionAsync("() => window.painted");
        var painted = await page.EvaluateAsync<double[]>("""
            () => {
              const before = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => one.startTime < painted.at);
              const bytes = (entries) => entries.reduce((sum, one) => sum + one.encodedBodySize, 0);
              return [bytes(before.filter((one) => one.initiatorType === 'script' || /\.js$/.test(one.name))), bytes(before), performance.getEntriesByType('paint')[0]?.startTime ?? 0, painted.at, painted.chats];
            }
            """);
        var fetched = await page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').filter((one) => one.startTime < painted.at).map((one) => new URL(one.name).pathname)");
        await page.CloseAsync();
        return new(painted[0], painted[1], painted[2], painted[3], painted[4], fetched);
    }

    // In turns, so that what else the machine does meets both alike.
    private static async Task<(List<double> Long, List<double> Short)> OpenChatsAsync(IBrowserContext context, Uri address)
    {
        var (page, _) = await ThrottledPageAsync(context);
        await page.GotoAsync(address.AbsoluteUri);
        await page.WaitForFunctionAsync("() => document.querySelector('chathub-inbox')?.client?.store.state.isReady");
        var (longChat, shortChat) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Openings; i++)
        {
            shortChat.Add(await page.EvaluateAsync<double>(Open, new[] { LargeInbox.NameOf(LargeInbox.Chats - 1), $"Message {LargeInbox.ShortChat}" }));
            longChat.Add(await page.EvaluateAsync<double>(Open, new[] { LargeInbox.NameOf(LargeInbox.Chats), $"Message {LargeInbox.LongChat}" }));
        }

        await page.CloseAsync();
        return (longChat[1..], shortChat[1..]);
    }

    private static async Task<(IPage Page, ICDPSession Session)> ThrottledPageAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        return (page, session);
    }

    private static string Spread(IEnumerable<double> values, string format)
    {
        double[] sorted = [.. values.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2].ToString(format, CultureInfo.InvariantCulture)} ({sorted[0].ToString(format, CultureInfo.InvariantCulture)}..{sorted[^1].ToString(format, CultureInfo.InvariantCulture)})");
    }
}
