namespace ChatHub.Server.Storage;

/// <summary>
/// A user came into a command whose row it does not hold: they were not there yet when it began. It runs again, and then
/// holds them.
/// </summary>
public sealed class StaleScopeException(long user) : Exception($"User {user} is not in the command's lock scope.");
