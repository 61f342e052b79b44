using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Privacy;

/// <summary>Deleted, blocked-and-unblocked, read or ignored: to its sender a request looks the same for 30 days and after them.</summary>
public sealed class TurnedDownSilentlyTests(ClockServer server) : IClassFixture<ClockServer>
{
    private string? _ignored;

    public static TheoryData<string> Reactions() => ["delete", "preview", "block and unblock", "report and delete"];

    [Theory]
    [MemberData(nameof(Reactions))]
    public async Task Sender_of_a_deleted_request_sees_no_difference_when_withdrawing_and_asking_again_until_it_expires(string reaction)
    {
        _ignored ??= await StoryAsync("ignore");
        Assert.Equal(_ignored, await StoryAsync(reaction));
    }

    private async Task<string> StoryAsync(string reaction)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        using var observer = await Observer.OfAsync(server, alice, bob);

        // Asked, and asked again after a withdrawal: the second one is suppressed if the first was deleted.
        for (var round = 1; round <= 3; round++)
        {
            await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = $"Round {round}", ClientId = $"{round}" });
            await ReactAsync(bob, alice, reaction);
            await LookAsync(observer, bob);
            server.Time.Advance(TimeSpan.FromDays(5));
            await LookAsync(observer, bob);
            if (round == 3)
                break;
            var waiting = Assert.Single((await alice.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing, State = RequestFilter.Pending })).Items);
            await observer.CallAsync("WithdrawRequest", new RequestInput { RequestId = waiting.RequestId });
            await LookAsync(observer, bob);
            server.Time.Advance(TimeSpan.FromHours(24));
        }

        // The last one expires.
        server.Time.Advance(TimeSpan.FromDays(25));
        await LookAsync(observer, bob);
        await server.Time.AdvanceUntilAsync(ExpiredAsync(alice));
        await LookAsync(observer, bob);
        await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Still me", ClientId = "4" });
        await LookAsync(observer, bob);
        return await observer.FinishAsync();
    }

    /// <summary>Bob does it with whatever he finds in his folder.</summary>
    private static async Task ReactAsync(Device bob, Device alice, string reaction)
    {
        foreach (var id in await bob.FolderAsync())
        {
            if (reaction == "preview")
                await bob.Hub.GetRequest(new() { RequestId = id });
            if (reaction == "report and delete")
                await bob.Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Spam, RequestId = id });
            if (reaction is "delete" or "report and delete")
                await bob.DeleteAsync(id);
            if (reaction == "block and unblock")
            {
                await bob.BlockAsync(alice);
                await bob.UnblockAsync(alice);
            }
        }
    }

    private static async Task LookAsync(Observer observer, Device bob)
    {
        await observer.CallAsync("GetProfile", new GetProfileInput { UserId = bob.Id });
        await observer.CallAsync("OpenConversation", new UserInput { UserId = bob.Id });
        await observer.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Outgoing });
        await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Round 1", ClientId = "1" });
        await observer.CallAsync("Sync", new SyncInput { After = 0 });
        await observer.CallAsync("GetMe", new EmptyInput());
    }

    private static async Task<bool> ExpiredAsync(Device alice)
    {
        while (await alice.Received.Stored.NextAsync() is not RequestChanged { Request.State: RequestState.Expired })
        {
            // What the other connection did before.
        }

        return true;
    }
}
