using System.Collections.Concurrent;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>How a call in a race ended: with its answer, or refused with a code.</summary>
public readonly record struct Outcome<T>(T? Answer, string? Code)
    where T : class;

/// <summary>A user with two devices in a race: remembers every version that each device was given.</summary>
public sealed class VersionRecorder : IAsyncDisposable
{
    private readonly ConcurrentBag<long>[] _answered = [[], []];
    private readonly Device[] _devices;

    private VersionRecorder(Device[] devices) => _devices = devices;

    public string Id => _devices[0].Id;
    public HubCalls Hub => _devices[0].Hub;

    public static async Task<VersionRecorder> ConnectAsync(ITestServer server)
    {
        var account = await Account.SignUpAsync(server, "racer");
        return new([await account.ConnectAsync(), await account.ConnectAsync()]);
    }

    /// <param name="device">0 or 1.</param>
    /// <param name="call">What is called.</param>
    public async Task<Outcome<T>> TryAsync<T>(int device, Func<HubCalls, Task<T>> call)
        where T : class, IVersioned
    {
        try
        {
            var answer = await call(_devices[device].Hub).SoonAsync();
            if (answer.Version > 0)
                _answered[device].Add(answer.Version);
            return new(answer, null);
        }
        catch (ChatHubException e)
        {
            return new(null, e.Code);
        }
    }

    public Task<Outcome<RequestChanged>> AskAsync(VersionRecorder other, int device = 0) => TryAsync(
        device, hub => hub.SendRequest(new() { RecipientId = other.Id, Text = "Hello?", ClientId = UserActions.NewClientId() }));

    /// <summary>Each device was given each version exactly once, by an event or an answer; the badges are what counting gives.</summary>
    public async Task AssertWholeAsync()
    {
        var last = (await TryAsync(0, hub => hub.UpdateProfile(new() { Bio = UserActions.NewClientId() }))).Answer!;
        var marker = (await TryAsync(1, hub => hub.UpdateProfile(new() { Bio = UserActions.NewClientId() }))).Answer!;
        await AssertWholeAsync(0, until: marker.Version);
        await AssertWholeAsync(1, until: last.Version, after: marker.Version);
        Assert.Equal(await CountAsync(), marker.Me.Badges);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
            await device.DisposeAsync();
    }

    private async Task AssertWholeAsync(int device, long until, long after = 0)
    {
        var versions = new List<long>();
        do
            versions.Add((await _devices[device].Received.Stored.NextAsync()).Version);
        while (versions[^1] != until);
        Assert.Equal(versions.Order(), versions);
        Assert.Equal(Enumerable.Range(1, (int)Math.Max(until, after)).Select(v => (long)v), versions.Concat(_answered[device]).Order());
    }

    private async Task<Badges> CountAsync()
    {
        var requests = Paging.ReadAllAsync(c => Hub.ListRequests(new() { Direction = RequestDirection.Incoming, Limit = 100, Cursor = c }), TestTimeouts.Token);
        var chats = await Paging.ReadAllAsync(c => Hub.ListConversations(new() { Limit = 100, Cursor = c }), TestTimeouts.Token).ToListAsync(TestTimeouts.Token);
        return new()
        {
            PendingRequests = await requests.CountAsync(TestTimeouts.Token),
            UnreadConversations = chats.Count(chat => chat.UnreadCount > 0),
            UnreadMessages = chats.Sum(chat => chat.UnreadCount),
        };
    }
}
