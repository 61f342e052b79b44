using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Embedding;

/// <summary>samples/HostApp as a process: a site with members and cookies of its own, and ChatHub under /chat.</summary>
public sealed partial class HostAppTests
{
    private const string Password = "a good book";

    [Fact]
    public async Task Members_sign_in_at_the_site_and_write_to_each_other_by_its_rules()
    {
        // The first sign-in of a cold process on a busy machine can take longer than the 500 ms that its directory has.
        await using var site = await ServerProcess.StartAsync(
            BuiltProgram.PathOf("samples/HostApp", "HostApp"), ("ChatHub:Hooks:TimeoutMilliseconds", "60000"));
        using (var ada = new Browser(site.Address))
        await using (var anonymous = Client(ada))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await ada.SignInAsync("ada", "a bad book")).StatusCode);
            var refused = await Assert.ThrowsAsync<ChatHubException>(() => anonymous.ConnectAsync(TestTimeouts.Token).SoonAsync());
            Assert.Equal(ErrorCodes.Unauthenticated, refused.Code);
        }

        using var ben = new Browser(site.Address);
        Assert.Contains("""<a href="/chat/">Your messages</a>""", await (await ben.SignInAsync("ben", Password)).Content.ReadAsStringAsync(TestTimeouts.Token), StringComparison.Ordinal);
        await using var writer = Client(ben);
        await writer.ConnectAsync(TestTimeouts.Token).SoonAsync();
        Assert.Equal("Ben Okafor", (await writer.Hub.GetMe(new())).User.DisplayName);

        // Ada follows him at the site: he needs no request. Cleo is suspended there.
        Assert.Equal(RequestState.Accepted, (await writer.Hub.SendRequest(new() { RecipientId = "m-1", Text = "Which one is next?", ClientId = "1" })).Request.State);
        using var cleo = new Browser(site.Address);
        await cleo.SignInAsync("cleo", Password);
        await using var suspended = Client(cleo);
        await suspended.ConnectAsync(TestTimeouts.Token).SoonAsync();
        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => suspended.Hub.SendRequest(new() { RecipientId = "m-2", Text = "Hello?", ClientId = "1" }));
        Assert.Equal(ErrorCodes.MessagingUnavailable, refusal.Code);

        await writer.DisposeAsync();
        await suspended.DisposeAsync();
        await site.StopAsync();
    }

    private static ChatHubClient Client(Browser browser) => new(new()
    {
        ServerAddress = new Uri(browser.Site, "/chat/"),
        AccessTokenProvider = _ => new((string?)null),
        MaxReconnectWait = TimeSpan.Zero,
        MaxRateLimitWait = TimeSpan.Zero,
        OpenWebSocket = browser.OpenAsync,
    });

    /// <summary>Keeps the site's cookies and fills in its form.</summary>
    private sealed partial class Browser : IDisposable
    {
        private readonly HttpClientHandler _handler = new() { CookieContainer = new() };
        private readonly HttpClient _http;

        public Browser(Uri site)
        {
            Site = site;
            _http = new(_handler) { BaseAddress = site };
        }

        public Uri Site { get; }

        public async Task<HttpResponseMessage> SignInAsync(string name, string password)
        {
            var form = Guard().Match(await _http.GetStringAsync(new Uri("/", UriKind.Relative), TestTimeouts.Token)).Groups;
            using var fields = new FormUrlEncodedContent([new(form[1].Value, form[2].Value), new("name", name), new("password", password)]);
            return await _http.PostAsync(new Uri("/sign-in", UriKind.Relative), fields, TestTimeouts.Token).SoonAsync();
        }

        public async Task<WebSocket> OpenAsync(Uri address, string? accessToken, CancellationToken cancellation)
        {
            var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            try
            {
                socket.Options.SetRequestHeader("Cookie", _handler.CookieContainer.GetCookieHeader(Site));
                await socket.ConnectAsync(address, cancellation);
                return socket;
            }
            catch (WebSocketException) when (socket.HttpStatusCode == HttpStatusCode.Unauthorized)
            {
                throw new ChatHubException(ErrorCodes.Unauthenticated, "Not signed in.");
            }
        }

        public void Dispose()
        {
            _http.Dispose();
            _handler.Dispose();
        }

        [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]+)">""")]
        private static partial Regex Guard();
    }
}
