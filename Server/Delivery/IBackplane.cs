using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Delivery;

/// <summary>Whether the other instances can be reached.</summary>
public enum BackplaneState
{
    /// <summary>There is one instance, and no backplane.</summary>
    None,

    Up,

    /// <summary>This instance serves alone until it is back.</summary>
    Down,
}

/// <summary>
/// The other instances. Nothing here waits for them, and nothing is certain to arrive: what is stored is found again by
/// <c>Position</c> and <c>Sync</c>.
/// </summary>
public interface IBackplane
{
    BackplaneState State { get; }

    /// <summary>Users with connections here whose events now arrive from every instance.</summary>
    event Action<IReadOnlyCollection<string>>? Reached;

    /// <summary>Events may have been missed: every user with a connection here is to be told their position.</summary>
    event Action? Doubtful;

    /// <summary>To the user's connections on other instances, in the order of the calls.</summary>
    void Deliver(UserEvent e);

    /// <summary>To whoever of the audience is on other instances.</summary>
    void Send(Audience audience, SerializedHubMessage message);

    /// <summary>Puts a connection of another instance into a group or takes it out; done when they have, or after a while.</summary>
    Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation);

    /// <summary>Closes the user's connections on other instances.</summary>
    void Close(string userId);

    /// <summary>Tells the other instances something of a room's own.</summary>
    /// <param name="topic">Names it; see <see cref="Listen"/>.</param>
    /// <param name="values">What is told.</param>
    void Tell(string topic, params IReadOnlyList<string> values);

    /// <summary>What is done here with what other instances tell. One listener for each topic, set while the server is composed.</summary>
    void Listen(string topic, Action<IReadOnlyList<string>> listener);
}

/// <summary>One instance alone: nobody else is there, and whoever connects is reached at once.</summary>
public sealed class NoBackplane : IBackplane
{
    public NoBackplane(PresenceTracker presence) => presence.Changed += user =>
    {
        if (presence.ConnectionsHere(user.Id) > 0)
            Reached?.Invoke([user.Id]);
    };

    public event Action<IReadOnlyCollection<string>>? Reached;

    public event Action? Doubtful
    {
        add { }
        remove { }
    }

    public BackplaneState State => BackplaneState.None;

    public void Deliver(UserEvent e)
    {
    }

    public void Send(Audience audience, SerializedHubMessage message)
    {
    }

    public Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation) => Task.CompletedTask;

    public void Close(string userId)
    {
    }

    public void Tell(string topic, params IReadOnlyList<string> values)
    {
    }

    public void Listen(string topic, Action<IReadOnlyList<string>> listener)
    {
    }
}
