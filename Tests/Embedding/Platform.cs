using System.Net;
using System.Security.Claims;
using ChatHub.Contracts;
using ChatHub.Server;
using ChatHub.Server.Embedding;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Embedding;

/// <summary>
/// An application of another kind, on a real port, that has cookies, a hub and endpoints of its own, lets only signed-in users in by
/// default, and embeds ChatHub under <c>/chat</c>.
/// </summary>
internal sealed class Platform : IAsyncDisposable, ITestServer
{
    private readonly TempFolder _folder;
    private readonly WebApplication _app;

    private Platform(TempFolder folder, TestDatabase database, WebApplication app, PlatformLog log) =>
        (_folder, Database, _app, Log) = (folder, database, app, log);

    public Uri Address => new(_app.Urls.First());
    public Uri ChatHub => new(Address, "/chat/");
    public Uri Hub => new UriBuilder(new Uri(ChatHub, "hubs/chat")) { Scheme = "ws" }.Uri;
    public TestDatabase Database { get; }
    public PlatformLog Log { get; }
    public IServiceProvider Services => _app.Services;

    /// <param name="configure">Of ChatHub.</param>
    /// <param name="add">What the platform has besides.</param>
    /// <param name="path">Where ChatHub is mapped.</param>
    /// <param name="settings">ChatHub's.</param>
    public static async Task<Platform> StartAsync(
        Action<ChatHubEmbeddingOptions>? configure = null, Action<IServiceCollection>? add = null, string path = "/chat", params (string Key, string Value)[] settings)
    {
        var folder = new TempFolder();
        var database = TestDatabase.New(folder);
        var platform = new Platform(folder, database, Build(database, configure, add, path, settings, out var log), log);
        try
        {
            await platform._app.StartAsync(TestTimeouts.Token);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public Task StopAsync() => _app.StopAsync(TestTimeouts.Token);

    /// <summary>Signs in at the platform.</summary>
    /// <returns>Its cookie.</returns>
    public async Task<Credentials> SignInAsync(string id, string role = "member", int seconds = 3600, int age = 0)
    {
        var signedIn = await this.HttpAsync("POST", $"/sign-in/{id}?role={role}&seconds={seconds}&age={age}", Credentials.None);
        Assert.Equal(HttpStatusCode.OK, signedIn.Status);
        return new(Cookie: signedIn.Header("Set-Cookie")!.Split(';')[0]);
    }

    /// <summary>A user of the platform, whom it has brought to ChatHub.</summary>
    public async Task<Member> JoinAsync(string name, string role = "member")
    {
        var username = Account.UniqueName(name);
        var put = await this.HttpAsync("PUT", $"/chat/api/directory/users/{username}", Credentials.Service, new DirectoryUserInput { Username = username, DisplayName = name });
        Assert.Equal(HttpStatusCode.OK, put.Status);
        return new(this, username, await SignInAsync(username, role));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Database.DropAsync();
        _folder.Dispose();
    }

    private static WebApplication Build(
        TestDatabase database, Action<ChatHubEmbeddingOptions>? configure, Action<IServiceCollection>? add, string path, (string Key, string Value)[] settings, out PlatformLog log)
    {
        var builder = WebApplication.CreateBuilder(["--Urls=http://127.0.0.1:0"]);
        builder.Configuration.AddInMemoryCollection(ServerSettings.For(database, [("Hooks:TimeoutMilliseconds", "60000"), .. settings]).Where(setting => setting.Key != "Urls")
            .Select(setting => KeyValuePair.Create($"ChatHub:{setting.Key}", (string?)setting.Value)));
        log = new PlatformLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "platform";
            options.Cookie.SameSite = SameSiteMode.None;
        });
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddSignalR();
        add?.Invoke(builder.Services);
        builder.AddChatHub(configure);

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/sign-in/{id}", SignIn).AllowAnonymous();
        app.MapGet("/own", (HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier));
        app.MapHub<PlatformHub>("/hubs/own");
        app.MapChatHub(path);
        return app;
    }

    private static Task SignIn(string id, string role, int seconds, int age, HttpContext http) => http.SignInAsync(
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Role, role)], "platform")),
        new AuthenticationProperties { IssuedUtc = DateTimeOffset.UtcNow.AddSeconds(-age), ExpiresUtc = DateTimeOffset.UtcNow.AddSeconds(seconds) });
}

/// <summary>The platform's own hub.</summary>
internal sealed class PlatformHub : Hub
{
    public string WhoAmI() => Context.User!.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
