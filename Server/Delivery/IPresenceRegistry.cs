using ChatHub.Server.Storage;

namespace ChatHub.Server.Delivery;

/// <summary>What all instances together know about who is online.</summary>
public interface IPresenceRegistry
{
    /// <summary>Registers how many connections the user now has on this instance, as <see cref="PresenceTracker"/> counts them.</summary>
    /// <returns>How many the user has on other instances; 0 while they cannot be reached.</returns>
    Task<int> RegisterAsync(UserRef user);

    /// <returns>How many connections the user has on other instances; 0 while they cannot be reached.</returns>
    Task<int> CountElsewhereAsync(UserRef user);

    /// <summary>Whether the user is online on any instance; null while that cannot be known.</summary>
    Task<bool?> IsOnlineAsync(UserRef user);

    /// <summary>
    /// Claims transitions of users, of which this instance has seen the first or the last connection: of several instances
    /// that claim the same one a single one gets it, and it announces it. Going offline is granted only for users without
    /// a connection on any instance.
    /// </summary>
    /// <returns>Those that this instance announces; null while that cannot be decided.</returns>
    Task<IReadOnlyCollection<UserRef>?> ClaimAsync(IReadOnlyList<UserRef> users, bool isOnline);
}
