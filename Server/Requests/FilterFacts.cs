namespace ChatHub.Server.Requests;

/// <summary>The recipient's hidden words, and the names of the sender that may hold one.</summary>
public sealed record FilterFacts
{
    /// <summary>As stored; null for none.</summary>
    public string? Words { get; init; }
    public string Username { get; init; } = "";
    public string DisplayName { get; init; } = "";
}
