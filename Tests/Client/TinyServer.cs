using ChatHub.Client;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatHub.Tests.Client;

/// <summary>A real SignalR server of a few methods, to try the SDK's and the console's own parts without ChatHub's server.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    public const string GoodToken = "good";
    public const string Password = "correct-horse";

    private readonly WebApplication _app;

    private TinyServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>What the hub saw of its connections: completed by the first of each.</summary>
    public HubLog Log => _app.Services.GetRequiredService<HubLog>();

    public static async Task<TinyServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<HubLog>();
        builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 4)
            .AddJsonProtocol(options => ContractJson.Apply(options.PayloadSerializerOptions))
            .AddMessagePackProtocol(ContractMessagePack.Apply);
        var app = builder.Build();
        app.Use(RefuseBadTokens);
        app.MapHub<TinyHub>(Limits.HubPath);
        app.MapPost("/api/sessions", (Delegate)SignInAsync);
        app.MapPost("/api/accounts", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Results.Problem("Too many sign-ups.", statusCode: 429, extensions: new Dictionary<string, object?> { ["code"] = ErrorCodes.RateLimited });
        });
        app.MapPost("/page/api/sessions", () => Results.Content("<html>Bad gateway</html>", "text/html", statusCode: 502));
        await app.StartAsync(cancellationToken);
        return new TinyServer(app);
    }

    /// <summary>Tells its connections to leave at once.</summary>
    public Task DrainAsync() => _app.Services.GetRequiredService<IHubContext<TinyHub>>()
        .Clients.All.SendAsync(nameof(IChatClient.ServerDraining), new ServerDraining { ReconnectWithinSeconds = 0 });

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

    private static Task RefuseBadTokens(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && context.Request.Headers.Authorization != $"Bearer {GoodToken}")
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

internal sealed class HubLog
{
    public TaskCompletionSource<string> Query { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public TaskCompletionSource<Exception?> Disconnected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public int Reports { get; set; }
    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

#pragma warning disable CA1822 // SignalR calls instance methods only.
internal sealed class TinyHub(HubLog log) : Hub
{
    public override Task OnConnectedAsync()
    {
        log.Query.TrySetResult(Context.GetHttpContext()!.Request.QueryString.Value ?? "");
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        log.Disconnected.TrySetResult(exception);
        return Task.CompletedTask;
    }

    public Me GetMe(EmptyInput _) => Sample.Me("alice");

    /// <summary>Never answers.</summary>
    public Task Sync(SyncInput _)
    {
        log.Hanging.TrySetResult();
        return Task.Delay(Timeout.Infinite, Context.ConnectionAborted);
    }

    public Profile GetProfile(GetProfileInput input) => input.Username == "bob"
        ? new() { UserId = "id-bob", Username = "bob", DisplayName = "Bob", MessageButton = new() { State = ButtonState.Message } }
        : throw new HubException($"user_not_found: There is no user {input.Username}.");

    public ConversationChanged OpenConversation(UserInput _) => new()
    {
        Version = 0,
        Conversation = new() { ConversationId = "c", Peer = Sample.Card("bob"), State = ConversationState.Open, OpenedAt = Sample.Noon, UpdatedAt = Sample.Noon },
        Badges = new(),
    };

    /// <summary>Too often the first time.</summary>
    public ReportReceipt Report(ReportInput _) => log.Reports++ == 0
        ? throw new HubException("rate_limited;retryAfter=20: Slow down.")
        : new() { ReportId = "report" };

    public RequestChanged SendRequest(SendRequestInput _) =>
        throw new HubException("request_limit_reached;retryAfter=90: No more requests today.");

    /// <summary>The peer answers at once.</summary>
    public async Task<MessageReceived> SendMessage(SendMessageInput input)
    {
        await Clients.Caller.SendAsync(nameof(IChatClient.MessageReceived), Received(Sample.Message(2, "Hello yourself", "bob")));
        return Received(Sample.Message(1, input.Text!));
    }

    /// <summary>A new chat is empty; a page that is asked for by its size is full of the longest messages.</summary>
    public MessagePage GetMessages(GetMessagesInput input) => new()
    {
        Items = [.. Enumerable.Range(1, input.Limit ?? 0).Select(seq => Sample.Message(seq, string.Concat(Enumerable.Repeat("😀", Limits.MessageTextMax))))],
        HasMore = false,
    };

    /// <summary>Cuts the connection.</summary>
    public void SetTyping(ConversationInput _) => Context.Abort();

    private static MessageReceived Received(Message message) => new() { Version = 1, Message = message, UnreadCount = 0, Badges = new() };
}
