using System.Collections.Immutable;

namespace ChatHub.Server.Delivery;

/// <summary>
/// The other instances. No caller waits for them, and delivery is at most once: what is stored and was not delivered is
/// found through <c>Position</c> and <c>Sync</c>.
/// </summary>
public interface IBackplane
{
    BackplaneState State { get; }

    /// <summary>
    /// Events for this user id now arrive from every instance on a connection that has joined. Raised for each connection;
    /// while the backplane is down at once.
    /// </summary>
    event Action<string>? SubscriptionEstablished;

    /// <summary>Events may have been missed: every user with a connection here needs a <c>Position</c>.</summary>
    event Action? MessagesMissed;

    /// <summary>Subscribes a new connection in the background; it is served meanwhile.</summary>
    void Join(LiveConnection connection);

    /// <summary>Ends the subscriptions of a connection that has closed.</summary>
    void Leave(LiveConnection connection);

    /// <summary>Enqueues an event for the user's other connections. Events of one user leave in the order of the calls.</summary>
    /// <param name="e">The event.</param>
    /// <param name="delivered">The user's connections on this instance that have it, or must not get it.</param>
    void Deliver(UserEvent e, ImmutableArray<LiveConnection> delivered);

    /// <summary>Sends to the audience on every instance, this one included.</summary>
    /// <returns>False while there are no other instances to reach: then the caller sends to the local connections itself.</returns>
    bool TrySend(Audience audience, string methodName, object?[] arguments);

    /// <summary>Adds a connection of any instance to a group or removes it; waits at most 1 s for the instance that has it.</summary>
    Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation);

    /// <summary>Closes the user's connections on the other instances.</summary>
    void Close(string userId);

    /// <summary>Publishes a message of one of the server's modules to the other instances.</summary>
    /// <param name="topic">See <see cref="Subscribe"/>.</param>
    /// <param name="values">The message.</param>
    void Publish(string topic, params IReadOnlyList<string> values);

    /// <summary>Handles what other instances publish. One handler for each topic, set while the server is composed.</summary>
    void Subscribe(string topic, Action<IReadOnlyList<string>> handler);
}
