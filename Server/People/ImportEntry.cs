using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>A line of an import that could be read.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Line">What it says.</param>
internal sealed record ImportEntry(long Number, ImportLine Line)
{
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
