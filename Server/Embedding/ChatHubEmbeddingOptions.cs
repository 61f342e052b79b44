using System.Security.Claims;

namespace ChatHub.Server.Embedding;

/// <summary>How ChatHub runs within a host application. Everything else is its settings, under <see cref="Section"/>.</summary>
public sealed class ChatHubEmbeddingOptions
{
    /// <summary>The section of the host's configuration that holds ChatHub's settings: <c>ChatHub:Storage:Provider</c>.</summary>
    public string Section { get; set; } = "ChatHub";

    /// <summary>Whether the host's signed-in users are ChatHub's. If not: ChatHub's own accounts, or the issuer of <c>Auth:Authority</c>.</summary>
    public bool UseHostAuthentication { get; set; } = true;

    /// <summary>The host's authentication scheme that recognises its users; null: its default one.</summary>
    public string? AuthenticationScheme { get; set; }

    /// <summary>
    /// The ChatHub id of a user who is signed in at the host; null for one who may not come in. By default the claim
    /// <c>Auth:UserIdClaim</c> (<c>sub</c>), else <see cref="ClaimTypes.NameIdentifier"/>.
    /// </summary>
    public Func<ClaimsPrincipal, string?>? UserId { get; set; }

    /// <summary>
    /// Whether a user of the host has the role moderator. By default a user who has <c>Auth:ModeratorRole</c> (<c>moderator</c>) as a
    /// role of the host's, or in the claim <c>Auth:RoleClaim</c>. A role that was given in ChatHub holds besides.
    /// </summary>
    public Func<ClaimsPrincipal, bool>? IsModerator { get; set; }

    /// <summary>Whether the web inbox is served at the path.</summary>
    public bool ServeInbox { get; set; } = true;
}
