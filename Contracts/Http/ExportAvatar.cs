namespace ChatHub.Contracts;

/// <summary>The user's picture.</summary>
public sealed record ExportAvatar
{
    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Base64.</summary>
    public required string Content { get; init; }
}
