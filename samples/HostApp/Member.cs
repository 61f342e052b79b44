namespace ChatHub.Samples.HostApp;

/// <summary>A member of the club.</summary>
/// <param name="Id">Never changes, unlike the name.</param>
/// <param name="Name">By which they sign in.</param>
/// <param name="FullName">As the others see it.</param>
/// <param name="Joined">When.</param>
/// <param name="IsSuspended">May read, and write to no further member.</param>
/// <param name="Follows">Ids of members whose reviews they follow: those may write to them at once.</param>
internal sealed record Member(string Id, string Name, string FullName, DateTimeOffset Joined, bool IsSuspended = false, params string[] Follows)
{
    /// <summary>Of ASP.NET Core Identity's hasher.</summary>
    public string PasswordHash { get; init; } = "";
}
