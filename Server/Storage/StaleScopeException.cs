namespace ChatHub.Server.Storage;

/// <summary>
/// The command changes a user whose row it does not hold: that user was not in its scope when it began. The command is
/// retried, and then holds the row.
/// </summary>
public sealed class StaleScopeException(long user) : Exception($"User {user} is not in the command's lock scope.");
