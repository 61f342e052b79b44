using ChatHub.Server.Embedding;

namespace ChatHub.Server.Hosting.Embedding;

/// <summary>The application that ChatHub is embedded in. A service of ChatHub's own container; not there where ChatHub runs alone.</summary>
/// <param name="Services">The host's container.</param>
/// <param name="Options">As the host set them.</param>
/// <param name="Path">Where the host mapped ChatHub: <c>/chat</c>, or empty for its root.</param>
internal sealed record EmbeddingHost(IServiceProvider Services, ChatHubEmbeddingOptions Options, string Path)
{
    /// <summary>ChatHub's, in the host's configuration.</summary>
    public IConfiguration Settings => Services.GetRequiredService<IConfiguration>().GetSection(Options.Section);
}
