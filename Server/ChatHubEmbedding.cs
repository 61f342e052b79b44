using ChatHub.Server.Embedding;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.Embedding;

namespace ChatHub.Server;

/// <summary>ChatHub within any ASP.NET Core application: <c>builder.AddChatHub()</c> and <c>app.MapChatHub("/chat")</c>.</summary>
public static class ChatHubEmbedding
{
    /// <summary>
    /// Adds ChatHub, with services of its own: nothing of the host's is replaced. It reads its settings from the host's configuration
    /// under <c>ChatHub</c>, logs by the host's factory, and uses the host's <see cref="IUserDirectory"/>, <see cref="IContactPolicy"/> and
    /// <see cref="TimeProvider"/> where they are registered. The host does not start where ChatHub cannot: a line of the log at level Critical says why.
    /// </summary>
    /// <param name="builder">The host's.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The host's services.</returns>
    public static IServiceCollection AddChatHub(this IHostApplicationBuilder builder, Action<ChatHubEmbeddingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddChatHub(configure);
    }

    /// <summary>The same for a host that is built in another way.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddChatHub(this IServiceCollection services, Action<ChatHubEmbeddingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(EmbeddedChatHub)))
            throw new InvalidOperationException("ChatHub is added already: one application holds one.");
        var options = new ChatHubEmbeddingOptions();
        configure?.Invoke(options);
        return services.AddSingleton(provider => new EmbeddedChatHub(provider, options))
            .AddHostedService(provider => provider.GetRequiredService<EmbeddedChatHub>());
    }

    /// <summary>Maps the hub, the HTTP part and the web inbox under a path.</summary>
    /// <param name="endpoints">The application, not a group of it.</param>
    /// <param name="path">The path, from the host's root: <c>/chat</c>.</param>
    /// <returns>The endpoint of everything under the path. ChatHub decides itself who comes in, so that it allows anonymous requests.</returns>
    public static IEndpointConventionBuilder MapChatHub(this IEndpointRouteBuilder endpoints, string path = "/chat")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(path);
        if (endpoints is RouteGroupBuilder)
            throw new ArgumentException("ChatHub is mapped on the application, not on a group of it.", nameof(endpoints));
        var mounted = path.TrimEnd('/');
        if (!HttpOptions.IsMountPath(mounted))
            throw new ArgumentException("The path is one like /chat.", nameof(path));
        var chatHub = endpoints.ServiceProvider.GetService<EmbeddedChatHub>()
            ?? throw new InvalidOperationException("app.MapChatHub(path) needs builder.AddChatHub().");
        chatHub.MapAt(mounted);
        return endpoints.Map($"{mounted}/{{**rest}}", chatHub.HandleAsync).AllowAnonymous().DisableHttpMetrics().DisableRequestTimeout().WithDisplayName("ChatHub");
    }
}
