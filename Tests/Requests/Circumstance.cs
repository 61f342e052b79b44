using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>What may stand between a caller and another user, in the contract's check order: the first one decides the response.</summary>
public enum Circumstance
{
    CallerBanned,
    CallerOff,
    CallerBlocks,
    Connected,
    Pending,
    OtherBlocks,
    OtherOff,
    OtherRemoved,
    Crossing,
    OtherUnder16,
    OtherFollows,
    OtherVerified,
    OtherTakesFollowedOnly,
    LimitReached,
    Nothing,
}

/// <summary>Brings circumstances about, from outside, by the calls that really lead to them.</summary>
public sealed class Pair(ITestServer server, Device caller, Device other)
{
    // What needs the other side to be reachable comes before what makes it unreachable.
    private static readonly Circumstance[] Possible =
    [
        Circumstance.Connected, Circumstance.Crossing, Circumstance.Pending, Circumstance.LimitReached,
        Circumstance.OtherFollows, Circumstance.OtherUnder16, Circumstance.OtherVerified, Circumstance.OtherTakesFollowedOnly,
        Circumstance.OtherOff, Circumstance.OtherBlocks, Circumstance.CallerBlocks, Circumstance.CallerOff,
        Circumstance.CallerBanned, Circumstance.OtherRemoved, Circumstance.Nothing,
    ];

    public Device Caller => caller;
    public Device Other => other;

    public static async Task<Pair> InAsync(ITestServer server, params Circumstance[] circumstances)
    {
        var pair = new Pair(server, await server.ConnectUserAsync("caller"), await server.ConnectUserAsync("other"));
        foreach (var circumstance in Possible.Where(circumstances.Contains))
            await pair.BringAboutAsync(circumstance);
        return pair;
    }

    private Task BringAboutAsync(Circumstance circumstance) => circumstance switch
    {
        Circumstance.Connected => ConnectAsync(),
        Circumstance.Crossing => other.RequestAsync(caller),
        Circumstance.Pending => caller.RequestAsync(other),
        Circumstance.LimitReached => UseUpTheDayAsync(),
        Circumstance.OtherFollows => other.FollowAsync(caller),
        Circumstance.OtherUnder16 => DescribeAsync(birthDate: "2020-01-01"),
        Circumstance.OtherVerified => DescribeAsync(isVerified: true),
        Circumstance.OtherTakesFollowedOnly => other.SetAsync(MessagingPolicy.Following),
        Circumstance.OtherOff => other.SetAsync(MessagingPolicy.Nobody),
        Circumstance.OtherBlocks => other.BlockAsync(caller),
        Circumstance.OtherRemoved => server.EraseAsync(other),
        Circumstance.CallerBlocks => caller.BlockAsync(other),
        Circumstance.CallerOff => caller.SetAsync(MessagingPolicy.Nobody),
        Circumstance.CallerBanned => server.BanAsync(caller, hours: 24),
        _ => Task.CompletedTask,
    };

    private async Task ConnectAsync() => await other.AcceptAsync((await caller.RequestAsync(other)).Request.RequestId);

    private async Task UseUpTheDayAsync()
    {
        while ((await caller.Hub.GetMe(new())).RequestsLeftToday > 0)
            await caller.RequestAsync(await server.ConnectUserAsync("bystander"));
    }

    // Both at once where both are wanted: a later description would undo an earlier one.
    private string? _birthDate;
    private bool _isVerified;

    private async Task DescribeAsync(string? birthDate = null, bool isVerified = false)
    {
        _birthDate ??= birthDate;
        _isVerified |= isVerified;
        var answer = await server.HttpAsync("PUT", $"/api/directory/users/{other.Id}", Credentials.Service, new DirectoryUserInput
        {
            Username = other.Account.Username,
            DisplayName = "Other",
            BirthDate = _birthDate ?? "1990-05-17",
            IsVerified = _isVerified,
        });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }
}
