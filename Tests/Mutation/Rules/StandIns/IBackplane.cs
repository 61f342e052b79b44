namespace ChatHub.Server.Delivery;

/// <summary>What <c>RateLimits</c> uses of the server's own.</summary>
public interface IBackplane
{
    void Publish(string topic, params IReadOnlyList<string> values);

    void Subscribe(string topic, Action<IReadOnlyList<string>> handler);
}
