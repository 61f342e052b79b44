using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>The user's profile, settings, badges or ban, in their present state.</summary>
/// <param name="Me">The user.</param>
public sealed record MeUpdate(Me Me) : Update;
