namespace ChatHub.Server.Embedding;

/// <summary>
/// The host's own users. ChatHub reads a user whom it does not have, or has not read for 30 seconds, and the two follows between sender
/// and recipient before it decides a contact; it stores what it reads, as <c>PUT /api/directory/users/{userId}</c> does. All that is
/// read of the host for one contact has <c>Hooks:TimeoutMilliseconds</c> together. An exception, a timeout or a user who cannot be stored
/// makes a contact that depends on it <c>messaging_unavailable</c>, and a new user's sign-in <c>unauthenticated</c>. Resolved in a scope
/// of its own for each call, as registered: singleton, scoped or transient; calls overlap.
/// </summary>
public interface IUserDirectory
{
    /// <summary>Those of these users who exist, in any order.</summary>
    /// <param name="userIds">One or several ids, each once.</param>
    /// <param name="cancellation">Cancelled at the timeout; an implementation that ignores it is not waited for.</param>
    Task<IReadOnlyCollection<HostUser>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellation);

    /// <summary>Whether one user follows another; null, as by default: the stored follows stay as they are.</summary>
    /// <param name="userId">The follower.</param>
    /// <param name="otherId">The user who is followed or not.</param>
    /// <param name="cancellation">As for <see cref="FindAsync"/>.</param>
    Task<bool?> FollowsAsync(string userId, string otherId, CancellationToken cancellation) => Task.FromResult<bool?>(null);
}
