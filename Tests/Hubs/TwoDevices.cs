using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>One user on two devices: what the contract says of every change is checked on each call.</summary>
public sealed class TwoDevices : IAsyncDisposable
{
    private TwoDevices(Device phone, Device laptop) => (Phone, Laptop) = (phone, laptop);

    public Device Phone { get; }
    public Device Laptop { get; }
    public string Id => Phone.Id;

    public static async Task<TwoDevices> ConnectAsync(ITestServer server, string name)
    {
        var account = await Account.SignUpAsync(server, name);
        return new(await account.ConnectAsync(), await account.ConnectAsync());
    }

    /// <summary>
    /// Calls from the phone something that changes: the version rises by exactly 1, and the laptop receives exactly the
    /// result as its event. That the phone receives nothing shows in its next event.
    /// </summary>
    public async Task<T> ChangeAsync<T>(Func<HubCalls, Task<T>> call)
        where T : class, IVersioned
    {
        var before = await Phone.VersionAsync();
        var answer = await call(Phone.Hub).SoonAsync();

        Assert.Equal(before + 1, answer.Version);
        var received = await Laptop.NextAsync<T>();
        Assert.Equal(Wire.Json(answer), Wire.Json(received));
        var me = await Phone.Hub.GetMe(new());
        Assert.Equal((answer.Version, answer.Badges), (me.Version, me.Badges));
        return answer;
    }

    /// <summary>Calls from the phone something that finds nothing left to do: version 0, no event, no step.</summary>
    public async Task<T> RepeatAsync<T>(Func<HubCalls, Task<T>> call)
        where T : class, IVersioned
    {
        var before = await Phone.VersionAsync();
        var answer = await call(Phone.Hub).SoonAsync();

        Assert.Equal(0, answer.Version);
        Assert.Equal(before, await Phone.VersionAsync());
        return answer;
    }

    /// <summary>Both devices receive the same event, one of several.</summary>
    public async Task<T> ReceiveEachAsync<T>()
        where T : class, IVersioned
    {
        var onPhone = await Phone.NextAsync<T>();
        Assert.Equal(Wire.Json(onPhone), Wire.Json(await Laptop.NextAsync<T>()));
        return onPhone;
    }

    /// <summary>Both devices receive the same event of another user's change, with the next version.</summary>
    public async Task<T> ReceiveAsync<T>()
        where T : class, IVersioned
    {
        var onPhone = await Phone.NextAsync<T>();
        var onLaptop = await Laptop.NextAsync<T>();
        Assert.Equal(Wire.Json(onPhone), Wire.Json(onLaptop));
        Assert.Equal(await Phone.VersionAsync(), onPhone.Version);
        return onPhone;
    }

    /// <summary>Neither device has received another event.</summary>
    public async Task ReceivedNothingElseAsync()
    {
        var bio = UserActions.NewClientId();
        await ChangeAsync(hub => hub.UpdateProfile(new() { Bio = bio }));
        await Phone.ReceivedNothingElseAsync();
        await Laptop.NextAsync<MeChanged>();
    }

    public async ValueTask DisposeAsync()
    {
        await Phone.DisposeAsync();
        await Laptop.DisposeAsync();
    }
}
