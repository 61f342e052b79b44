using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>A line of an import that could be read.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Line">What it says.</param>
internal sealed record ImportEntry(long Number, ImportLine Line)
{
    /// <summary>The name that the user is to have, as names are compared; null for a follow, and for what is no name.</summary>
    public string? NameKey { get; } = Line is { Type: ImportType.User, Username: { } name } ? Usernames.TryKey(name) : null;

    public DirectoryUserInput User => new()
    {
        Username = Line.Username,
        DisplayName = Line.DisplayName,
        BirthDate = Line.BirthDate,
        CreatedAt = Line.CreatedAt,
        IsVerified = Line.IsVerified,
        AvatarUrl = Line.AvatarUrl,
        Bio = Line.Bio,
    };
}
