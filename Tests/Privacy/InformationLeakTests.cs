using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Privacy;

/// <summary>
/// Nothing discloses why a user cannot be reached: the same script of calls is run against each reason, and what the caller
/// receives must be the same byte for byte.
/// </summary>
public sealed partial class InformationLeakTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Blocked_off_and_under_16_are_the_same_to_who_tries_to_reach_them()
    {
        var blocked = await TryToReachAsync(Secret.Blocks);
        Assert.Contains("messaging_unavailable: This user cannot be messaged.", blocked, StringComparison.Ordinal);
        Assert.Contains("\"messageButton\":{\"state\":\"hidden\"}", blocked, StringComparison.Ordinal);
        Assert.Equal(blocked, await TryToReachAsync(Secret.Off));
        Assert.Equal(blocked, await TryToReachAsync(Secret.Under16));
    }

    [Theory]
    [InlineData(Secret.Blocks)]
    [InlineData(Secret.Off)]
    [InlineData(Secret.Under16)]
    public async Task But_for_the_button_they_are_the_same_as_anybody(Secret secret) =>
        Assert.Equal(Buttonless(await LookAroundAsync(Secret.None)), Buttonless(await LookAroundAsync(secret)));

    [Fact]
    public async Task In_a_chat_blocked_and_off_are_the_same_and_so_is_their_end() =>
        Assert.Equal(await ChatAsync(Secret.Blocks), await ChatAsync(Secret.Off));

    [Fact]
    public async Task While_a_request_waits_blocked_and_off_are_the_same() =>
        Assert.Equal(await WaitAsync(Secret.Blocks), await WaitAsync(Secret.Off));

    [Theory]
    [InlineData(Secret.Blocks)]
    [InlineData(Secret.Off)]
    public async Task While_a_request_waits_its_sender_sees_no_difference(Secret secret) =>
        Assert.Equal(await WaitOnAsync(Secret.None), await WaitOnAsync(secret));

    [Fact]
    public async Task A_waiting_request_reads_the_same_whether_its_recipient_blocks_or_not() =>
        Assert.Equal(await ReadWaitingAsync(Secret.None), await ReadWaitingAsync(Secret.Blocks));

    [Fact]
    public async Task The_sentence_is_the_same_for_verified_and_removed_people_too()
    {
        var alice = await server.ConnectUserAsync("alice");
        var verified = await server.ConnectUserAsync("vera", isVerified: true);
        var removed = await server.ConnectUserAsync("rose");
        await server.EraseAsync(removed);
        var off = await server.ConnectUserAsync("otto");
        await off.SetAsync(MessagingPolicy.Nobody);
        var sentences = new HashSet<string>();
        foreach (var other in (Device[])[verified, removed, off])
        {
            sentences.Add((await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(other))).ToWire());
            sentences.Add((await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.OpenAsync(other))).ToWire());
        }

        Assert.Single(sentences);
    }

    private async Task<string> TryToReachAsync(Secret secret)
    {
        var (observer, bob) = await MeetSecretAsync(secret);
        using (observer)
        {
            for (var followed = 0; followed < 2; followed++)
            {
                await observer.CallAsync("GetProfile", new GetProfileInput { UserId = bob.Id });
                await observer.CallAsync("OpenConversation", new UserInput { UserId = bob.Id });
                await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Hello?", ClientId = "1" });
                await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Hello!", ClientId = "1" });
                await observer.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Outgoing });
                await observer.CallAsync("GetMe", new EmptyInput());
                // Nor does it help that they follow the caller.
                await bob.FollowAsync(observer.User);
            }

            await observer.CallAsync("Sync", new SyncInput { After = 0 });
            return await observer.FinishAsync();
        }
    }

    private async Task<string> LookAroundAsync(Secret secret)
    {
        var (observer, bob) = await MeetSecretAsync(secret);
        using (observer)
        {
            await observer.CallAsync("SearchUsers", new SearchUsersInput { Query = bob.Account.Username });
            await observer.CallAsync("GetProfile", new GetProfileInput { Username = bob.Account.Username });
            await observer.CallAsync("Follow", new UserInput { UserId = bob.Id });
            await bob.FollowAsync(observer.User);
            await observer.CallAsync("ListFollowing", new PageInput());
            await observer.CallAsync("ListFollowers", new PageInput());
            await observer.CallAsync("GetProfile", new GetProfileInput { UserId = bob.Id });
            await bob.Hub.UpdateProfile(new() { Bio = "Changed" });
            await observer.CallAsync("AdviseIntro", new AdviseIntroInput { RecipientId = bob.Id, Text = "Hi" });
            await observer.CallAsync("Report", new ReportInput { UserId = bob.Id, Reason = ReportReason.Other });
            await observer.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Incoming });
            await observer.CallAsync("ListConversations", new PageInput());
            await observer.CallAsync("ListBlocked", new PageInput());
            await observer.CallAsync("Block", new UserInput { UserId = bob.Id });
            await observer.CallAsync("GetProfile", new GetProfileInput { UserId = bob.Id });
            await observer.CallAsync("Unblock", new UserInput { UserId = bob.Id });
            await observer.CallAsync("Unfollow", new UserInput { UserId = bob.Id });
            await bob.DisposeAsync();
            server.Time.Advance(TimeSpan.FromSeconds(10));
            await observer.CallAsync("GetProfile", new GetProfileInput { UserId = bob.Id });
            await observer.CallAsync("GetMe", new EmptyInput());
            await observer.CallAsync("Sync", new SyncInput { After = 0 });
            return await observer.FinishAsync();
        }
    }

    private async Task<string> ChatAsync(Secret secret)
    {
        var chat = await server.OpenChatAsync();
        await chat.Bob.SayAsync(chat.Id, "Hello!");
        await server.Time.AdvanceUntilAsync(chat.Alice.Received.Presence.NextAsync());
        using var observer = await Observer.OfAsync(server, chat.Alice, chat.Bob);
        await observer.CallAsync("GetProfile", new GetProfileInput { UserId = chat.Bob.Id });
        await chat.Bob.KeepAsync(secret, chat.Alice);
        await UseAsync();

        // They come back, and then it ends.
        await using (var laptop = await chat.Bob.Account.ConnectAsync())
            await laptop.Hub.SetTyping(new() { ConversationId = chat.Id });
        server.Time.Advance(TimeSpan.FromSeconds(10));
        await observer.CallAsync("GetProfile", new GetProfileInput { UserId = chat.Bob.Id });
        await chat.Bob.EndAsync(secret, chat.Alice);
        await UseAsync();
        return await observer.FinishAsync();

        async Task UseAsync()
        {
            await observer.CallAsync("GetProfile", new GetProfileInput { UserId = chat.Bob.Id });
            await observer.CallAsync("GetConversation", new ConversationInput { ConversationId = chat.Id });
            await observer.CallAsync("ListConversations", new PageInput());
            await observer.CallAsync("GetMessages", new GetMessagesInput { ConversationId = chat.Id });
            await observer.CallAsync("SetTyping", new ConversationInput { ConversationId = chat.Id });
            await observer.CallAsync("SendMessage", new SendMessageInput { ConversationId = chat.Id, Text = "Are you there?", ClientId = "1" });
            await observer.CallAsync("MarkSeen", new MarkSeenInput { ConversationId = chat.Id, Seq = 2 });
            await observer.CallAsync("OpenConversation", new UserInput { UserId = chat.Bob.Id });
            await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = chat.Bob.Id, Text = "Hello?", ClientId = "2" });
            await observer.CallAsync("Report", new ReportInput { UserId = chat.Bob.Id, Reason = ReportReason.Other, ConversationId = chat.Id });
            await observer.CallAsync("Sync", new SyncInput { After = 0 });
            await observer.CallAsync("GetMe", new EmptyInput());
        }
    }

    private async Task<string> WaitAsync(Secret secret)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, clientId: "0");
        using var observer = await Observer.OfAsync(server, alice, bob);
        await bob.KeepAsync(secret, alice);
        for (var withdrawn = 0; withdrawn < 2; withdrawn++)
        {
            await observer.CallAsync("GetProfile", new GetProfileInput { UserId = bob.Id });
            await observer.CallAsync("OpenConversation", new UserInput { UserId = bob.Id });
            await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Again?", ClientId = "1" });
            await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Hello?", ClientId = "0" });
            await observer.CallAsync("GetRequest", new RequestInput { RequestId = sent.Request.RequestId });
            await observer.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Outgoing });
            await observer.CallAsync("WithdrawRequest", new RequestInput { RequestId = sent.Request.RequestId });
        }

        await observer.CallAsync("GetMe", new EmptyInput());
        return await observer.FinishAsync();
    }

    private async Task<string> WaitOnAsync(Secret secret)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob, clientId: "0");
        using var observer = await Observer.OfAsync(server, alice, bob);
        await bob.KeepAsync(secret, alice);
        for (var day = 0; day < 2; day++)
        {
            await observer.CallAsync("GetProfile", new GetProfileInput { UserId = bob.Id });
            await observer.CallAsync("OpenConversation", new UserInput { UserId = bob.Id });
            await observer.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Again?", ClientId = "1" });
            await observer.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Outgoing });
            server.Time.Advance(TimeSpan.FromDays(29));
            if (day == 0)
                await bob.EndAsync(secret, alice);
        }

        // The request has expired meanwhile, which the sweeper notifies in its own time.
        await server.Time.AdvanceUntilAsync(alice.NextAsync<RequestChanged>());
        return await observer.FinishAsync();
    }

    private async Task<string> ReadWaitingAsync(Secret secret)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, clientId: "0");
        using var observer = await Observer.OfAsync(server, alice, bob);
        await bob.KeepAsync(secret, alice);
        await observer.CallAsync("GetRequest", new RequestInput { RequestId = sent.Request.RequestId });
        await observer.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Outgoing });
        await observer.CallAsync("Sync", new SyncInput { After = 0 });
        await observer.CallAsync("Report", new ReportInput { UserId = bob.Id, Reason = ReportReason.Other, RequestId = sent.Request.RequestId });
        await observer.CallAsync("AcceptRequest", new RequestInput { RequestId = sent.Request.RequestId });
        await observer.CallAsync("DeleteRequest", new RequestInput { RequestId = sent.Request.RequestId });
        await observer.CallAsync("WithdrawRequest", new RequestInput { RequestId = sent.Request.RequestId });
        await observer.CallAsync("GetMe", new EmptyInput());
        return await observer.FinishAsync();
    }

    private async Task<(Observer Observer, Device Bob)> MeetSecretAsync(Secret secret)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await Strangers.ConnectUserAsync(server, secret);
        var observer = await Observer.OfAsync(server, alice, bob);
        await bob.KeepAsync(secret, alice);
        return (observer, bob);
    }

    private static string Buttonless(string transcript) => Button().Replace(transcript, "\"messageButton\":…");

    [GeneratedRegex("\"messageButton\":{[^}]*}")]
    private static partial Regex Button();
}
