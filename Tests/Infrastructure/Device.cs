using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>One live connection of a user, by whatever way.</summary>
public interface IDevice : IAsyncDisposable
{
    IChatHub Hub { get; }

    /// <summary>The stored events, in their order.</summary>
    ReceivedQueue<IVersioned> Stored { get; }
}

/// <summary>One live connection of a user, over a real WebSocket by the SDK; receives every event in order.</summary>
public sealed class Device : IDevice
{
    private readonly ChatHubClient _client;

    private Device(Uri server, Account account)
    {
        Account = account;
        // Refusals surface at once: the SDK must not wait and retry.
        _client = new(new() { ServerAddress = server, AccessTokenProvider = _ => new(account.Token), MaxRateLimitWait = TimeSpan.Zero, MaxReconnectWait = TimeSpan.Zero });
        Received = new(_client.Events);
    }

    public Account Account { get; }
    public string Id => Account.Id;
    public HubCalls Hub => _client.Hub;
    public ReceivedEvents Received { get; }
    IChatHub IDevice.Hub => Hub;
    ReceivedQueue<IVersioned> IDevice.Stored => Received.Stored;

    public static async Task<Device> ConnectAsync(Uri server, Account account)
    {
        var device = new Device(server, account);
        await device._client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        return device;
    }

    /// <summary>The next stored event, which must be of this kind.</summary>
    public Task<T> NextAsync<T>()
        where T : class, IVersioned =>
        Received.Stored.NextAsync<T>();

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
