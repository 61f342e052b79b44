using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>The numbers behind the red dot, in their present state.</summary>
/// <param name="Badges">The numbers.</param>
public sealed record BadgesUpdate(Badges Badges) : Update;
