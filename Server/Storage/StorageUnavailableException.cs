namespace ChatHub.Server.Storage;

/// <summary>The database was away for longer than is bridged, or the part that the call needs is damaged. Nothing was done; trying again later may succeed.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Waiting does not help: the file has to be repaired or replaced.</summary>
    public bool IsDamage { get; init; }
}
