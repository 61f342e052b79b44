using System.Collections.Immutable;

namespace ChatHub.Server.Delivery;

/// <summary>The backplane of a single instance: a connection is subscribed as soon as it has joined.</summary>
public sealed class NoBackplane : IBackplane
{
    public event Action<string>? SubscriptionEstablished;

    public event Action? MessagesMissed
    {
        add { }
        remove { }
    }

    public BackplaneState State => BackplaneState.None;

    public void Join(LiveConnection connection)
    {
        if (connection.UserId is { } user)
            SubscriptionEstablished?.Invoke(user);
    }

    public void Leave(LiveConnection connection)
    {
    }

    public void Deliver(UserEvent e, ImmutableArray<LiveConnection> delivered)
    {
    }

    public bool TrySend(Audience audience, string methodName, object?[] arguments) => false;

    public Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation) => Task.CompletedTask;

    public void Close(string userId)
    {
    }

    public void Publish(string topic, params IReadOnlyList<string> values)
    {
    }

    public void Subscribe(string topic, Action<IReadOnlyList<string>> handler)
    {
    }
}
