namespace ChatHub.Server.Storage;

/// <summary>A user by both names: the compact key inside the database, the opaque id outside.</summary>
public readonly record struct UserRef(long Key, string Id);
