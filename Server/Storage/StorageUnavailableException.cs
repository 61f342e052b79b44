namespace ChatHub.Server.Storage;

/// <summary>The database was away for longer than is bridged. Nothing was done; trying again later may succeed.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
