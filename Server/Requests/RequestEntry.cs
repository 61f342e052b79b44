namespace ChatHub.Server.Requests;

/// <summary>
/// The recipient's list that holds a request. Main, filtered and deleted hold what waits; their numbers are those of
/// <see cref="Contracts.RequestFolder"/>, and the storage format.
/// </summary>
public enum RequestEntry
{
    Main,
    Filtered,
    /// <summary>Turned down: its sender reads pending until it ends.</summary>
    Deleted,
    Accepted,
    /// <summary>Sent within <see cref="RequestRules.SuppressedFor"/> after a deletion: the recipient sees nothing of it, its sender reads pending.</summary>
    Suppressed,
}
