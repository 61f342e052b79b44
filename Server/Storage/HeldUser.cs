namespace ChatHub.Server.Storage;

/// <summary>A user whose row a transaction holds until it ends.</summary>
/// <param name="Key">The user.</param>
/// <param name="IsRemoved">Whether the account was erased, as read after the row was taken.</param>
public sealed record HeldUser(long Key, bool IsRemoved);
