namespace ChatHub.Server.Embedding;

/// <summary>What the host's policy decides of a contact. Any other value counts as <see cref="Refuse"/>.</summary>
public enum ContactVerdict
{
    /// <summary>ChatHub's own rules decide alone.</summary>
    Allow,

    /// <summary>The request arrives in the folder filtered; its sender sees no difference.</summary>
    Filtered,

    /// <summary>The sender gets <c>messaging_unavailable</c>, as for a block.</summary>
    Refuse,
}
