namespace ChatHub.Tests.Infrastructure;

/// <summary>Two users in one open chat: alice sent the request, bob accepted it.</summary>
public sealed record Chat(Device Alice, Device Bob, string Id, string RequestId) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
    }
}
