using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ChatHub.Tests.Client;

/// <summary>A real SignalR server with a <see cref="StubHub"/>, to test the SDK and the console without ChatHub's server.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    public const string GoodToken = "good";
    public const string Password = "correct-horse";

    private readonly WebApplication _app;

    private StubServer(WebApplication app) => _app = app;

    /// <summary>What a page has posted to /result.</summary>
    public ReceivedQueue<string> Posted { get; } = new();


    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>What the hub observed.</summary>
    public StubHubLog Log => _app.Services.GetRequiredService<StubHubLog>();

    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="webRoot">Static files to serve, if any.</param>
    public static async Task<StubServer> StartAsync(CancellationToken cancellationToken, string? webRoot = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<StubHubLog>();
        builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 4)
            .AddJsonProtocol(options => ContractJson.Apply(options.PayloadSerializerOptions))
            .AddMessagePackProtocol(ContractMessagePack.Apply);
        var app = builder.Build();
        app.Use(RefuseBadTokens);
        app.MapHub<StubHub>(Limits.HubPath);
        app.MapPost("/api/sessions", (Delegate)SignInAsync);
        app.MapPost("/api/accounts", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Results.Problem("Too many sign-ups.", statusCode: 429, extensions: new Dictionary<string, object?> { ["code"] = ErrorCodes.RateLimited });
        });
        app.MapPost("/page/api/sessions", () => Results.Content("<html>Bad gateway</html>", "text/html", statusCode: 502));
        var server = new StubServer(app);
        if (webRoot is not null)
            server.ServePages(webRoot);
        await app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Notifies its connections that it drains, to leave at once.</summary>
    public Task DrainAsync() => SendAsync(nameof(IChatClient.ServerDraining), new ServerDraining { ReconnectWithinSeconds = 0 });

    /// <summary>Sends an event to all its connections.</summary>
    public Task SendAsync(string name, object e) => _app.Services.GetRequiredService<IHubContext<StubHub>>().Clients.All.SendAsync(name, e);

    public ChatHubClientOptions Options(string? token = GoodToken) => new()
    {
        ServerAddress = Address,
        AccessTokenProvider = _ => ValueTask.FromResult(token),
    };

    public ChatHubClient Client(string? token = GoodToken) => new(Options(token));

    public async Task<ChatHubClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = Client();
        await client.ConnectAsync(cancellationToken);
        return client;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void ServePages(string webRoot)
    {
        var files = new PhysicalFileProvider(webRoot);
        _app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ServeUnknownFileTypes = true });
        _app.MapPost("/result", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Posted.Add(await reader.ReadToEndAsync(context.RequestAborted));
        });
    }

    // A browser sends the token in the query; that a .NET program does not is tested by the log.
    private static Task RefuseBadTokens(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && context.Request.Headers.Authorization != $"Bearer {GoodToken}" && context.Request.Query["access_token"] != GoodToken)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static async Task<IResult> SignInAsync(HttpContext context)
    {
        var input = (await context.Request.ReadFromJsonAsync(ContractJson.Default.SignInInput))!;
        if (input.Password != Password)
            return Results.Problem("Wrong username or password.", statusCode: 401, extensions: new Dictionary<string, object?> { ["code"] = ErrorCodes.InvalidCredentials });

        var session = new Session { User = Sample.Card(input.Username!), AccessToken = GoodToken, ExpiresAt = DateTimeOffset.UnixEpoch };
        return Results.Json(session, ContractJson.Default.Session);
    }
}
