namespace ChatHub.Server.Storage;

/// <summary>The database cannot be used; the message is for the operator.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
