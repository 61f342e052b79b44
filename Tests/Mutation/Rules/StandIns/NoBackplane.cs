namespace ChatHub.Server.Delivery;

/// <summary>A single instance.</summary>
public sealed class NoBackplane : IBackplane
{
    public void Publish(string topic, params IReadOnlyList<string> values)
    {
    }

    public void Subscribe(string topic, Action<IReadOnlyList<string>> handler)
    {
    }
}
