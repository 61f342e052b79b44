using ChatHub.Contracts;
using ChatHub.Server.Embedding;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Requests;
using Xunit;

namespace ChatHub.Tests.Hooks;

/// <summary>A host's contact policy, from outside: what each verdict does, and when it is asked.</summary>
public sealed class ContactPolicyTests(PolicyServer server) : IClassFixture<PolicyServer>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    public static TheoryData<string> Refusals() => ["refuse", "undefined", "throw", "throw later"];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_reads_as_a_block_in_all_three_places_and_writes_nothing(string kind)
    {
        var (alice, bob) = await PairAsync();
        server.Policy.Decide(bob.Id, () => kind switch
        {
            "refuse" => Task.FromResult(ContactVerdict.Refuse),
            "undefined" => Task.FromResult((ContactVerdict)7),
            "throw" => throw new InvalidOperationException("The host's policy is out of order."),
            _ => Task.FromException<ContactVerdict>(new InvalidOperationException("The host's policy is out of order.")),
        });
        var before = await alice.Hub.GetMe(new());

        var refusal = await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(bob));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.OpenAsync(bob));
        Assert.Equal(ButtonState.Hidden, (await alice.ProfileAsync(bob)).MessageButton.State);
        Assert.Equal(ButtonState.Hidden, (await alice.FollowAsync(bob)).MessageButton.State);

        var after = await alice.Hub.GetMe(new());
        Assert.Equal((before.Version, before.RequestsLeftToday), (after.Version, after.RequestsLeftToday));
        Assert.Empty(await bob.FolderAsync());
        await bob.ReceivedNothingElseAsync();

        await bob.BlockAsync(alice);
        Assert.Equal((await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(bob))).Message, refusal.Message);
    }

    [Fact]
    public async Task An_allowed_contact_goes_on_as_without_a_policy()
    {
        var (alice, bob) = await PairAsync();
        await Wire.RefusedAsync(ErrorCodes.RequestRequired, alice.OpenAsync(bob));
        Assert.Equal(ButtonState.Request, (await alice.ProfileAsync(bob)).MessageButton.State);
        var sent = await alice.RequestAsync(bob, "Hello?");
        Assert.Equal(RequestFolder.Main, (await bob.NextAsync<RequestReceived>()).Request.Folder);
        Assert.Equal([sent.Request.RequestId], await bob.FolderAsync());

        Assert.Equal(
            [new(alice.Id, bob.Id, null), new(alice.Id, bob.Id, null), new(alice.Id, bob.Id, "Hello?")], server.Policy.QuestionsAbout(bob.Id));
    }

    [Fact]
    public async Task A_filtered_request_is_in_the_folder_filtered_and_its_sender_sees_no_difference()
    {
        var (alice, bob) = await PairAsync();
        var (carol, dave) = await PairAsync();
        server.Policy.Decide(bob.Id, ContactVerdict.Filtered);

        await Wire.RefusedAsync(ErrorCodes.RequestRequired, alice.OpenAsync(bob));
        Assert.Equal(ButtonState.Request, (await alice.ProfileAsync(bob)).MessageButton.State);
        var filtered = await alice.RequestAsync(bob);
        var other = await carol.RequestAsync(dave);

        Assert.Equal(other.Request with { RequestId = "", Sender = null!, Recipient = null! }, filtered.Request with { RequestId = "", Sender = null!, Recipient = null! });
        Assert.Equal((other.Version, other.Badges), (filtered.Version, filtered.Badges));
        Assert.Equal(ButtonState.Pending, (await alice.ProfileAsync(bob)).MessageButton.State);
        Assert.Equal(RequestFolder.Filtered, (await bob.NextAsync<RequestReceived>()).Request.Folder);
        Assert.Equal(new() { FilteredRequests = 1 }, (await bob.Hub.GetMe(new())).Badges);

        // Accepting it is the recipient's own decision.
        Assert.Equal(RequestState.Accepted, (await bob.AcceptAsync(filtered.Request.RequestId)).Request.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_policy_that_ignores_its_cancellation_is_not_waited_for(bool blocksItsThread)
    {
        var (alice, bob) = await PairAsync();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource<ContactVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Policy.Decide(bob.Id, () =>
        {
            called.SetResult();
            return blocksItsThread ? Task.FromResult(released.Task.GetAwaiter().GetResult()) : released.Task;
        });

        var send = alice.RequestAsync(bob);
        await called.Task.SoonAsync();
        server.Time.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(send.IsCompleted);
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, send);

        // What it answers later counts for nothing.
        released.SetResult(ContactVerdict.Allow);
        Assert.Empty(await bob.FolderAsync());
        server.Policy.Decide(bob.Id, ContactVerdict.Allow);
        await alice.RequestAsync(bob);
    }

    [Theory]
    [InlineData(Circumstance.CallerBanned)]
    [InlineData(Circumstance.CallerOff)]
    [InlineData(Circumstance.CallerBlocks)]
    [InlineData(Circumstance.Connected)]
    [InlineData(Circumstance.Pending)]
    [InlineData(Circumstance.OtherBlocks)]
    [InlineData(Circumstance.OtherOff)]
    [InlineData(Circumstance.OtherRemoved)]
    [InlineData(Circumstance.Crossing)]
    [InlineData(Circumstance.OtherUnder16)]
    [InlineData(Circumstance.OtherFollows)]
    [InlineData(Circumstance.OtherVerified)]
    [InlineData(Circumstance.OtherTakesFollowedOnly)]
    public async Task Whatever_is_decided_before_the_policy_is_decided_without_it(Circumstance circumstance)
    {
        var pair = await Pair.InAsync(server, circumstance);
        var asked = server.Policy.QuestionsAbout(pair.Other.Id).Count;
        server.Policy.Decide(pair.Other.Id, ContactVerdict.Refuse);

        await pair.Caller.ProfileAsync(pair.Other);
        var open = await CodeAsync(pair.Caller.OpenAsync(pair.Other));
        var send = await CodeAsync(pair.Caller.RequestAsync(pair.Other));

        Assert.Equal(asked, server.Policy.QuestionsAbout(pair.Other.Id).Count);
        Assert.Equal(circumstance switch
        {
            Circumstance.CallerBanned => (ErrorCodes.MessagingBanned, ErrorCodes.MessagingBanned),
            Circumstance.CallerOff => (ErrorCodes.MessagingDisabled, ErrorCodes.MessagingDisabled),
            Circumstance.CallerBlocks => (ErrorCodes.YouBlockedUser, ErrorCodes.YouBlockedUser),
            Circumstance.Connected => ("", ErrorCodes.AlreadyConnected),
            Circumstance.Pending => (ErrorCodes.RequestPending, ErrorCodes.RequestPending),
            Circumstance.Crossing => (ErrorCodes.RequestRequired, ""),
            Circumstance.OtherFollows => ("", ErrorCodes.AlreadyConnected),
            Circumstance.OtherTakesFollowedOnly => (ErrorCodes.NotFollowed, ErrorCodes.NotFollowed),
            _ => (ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingUnavailable),
        }, (open, send));
    }

    [Fact]
    public async Task The_policy_comes_before_the_daily_limit()
    {
        var pair = await Pair.InAsync(server, Circumstance.LimitReached);
        await Wire.RefusedAsync(ErrorCodes.RequestLimitReached, pair.Caller.RequestAsync(pair.Other));
        server.Policy.Decide(pair.Other.Id, ContactVerdict.Refuse);
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, pair.Caller.RequestAsync(pair.Other));
    }

    [Fact]
    public async Task A_repeated_clientId_accepting_and_messages_are_never_asked_about()
    {
        var (alice, bob) = await PairAsync();
        var sent = await alice.RequestAsync(bob, "Hello?", "one");
        server.Policy.Decide(bob.Id, ContactVerdict.Refuse);
        server.Policy.Decide(alice.Id, ContactVerdict.Refuse);

        var again = await alice.RequestAsync(bob, "Hello?", "one");
        Assert.Equal((0, sent.Request.RequestId), (again.Version, again.Request.RequestId));
        await Wire.RefusedAsync(ErrorCodes.Conflict, alice.RequestAsync(bob, "Hello!", "one"));
        var chat = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;
        await bob.SayAsync(chat, "Hello");
        await alice.SayAsync(chat, "Hello");

        Assert.Single(server.Policy.QuestionsAbout(bob.Id));
        Assert.Empty(server.Policy.QuestionsAbout(alice.Id));
    }

    [Theory]
    [InlineData(true, ContactVerdict.Refuse)]
    [InlineData(false, ContactVerdict.Allow)]
    public async Task What_changed_while_the_policy_was_asked_is_decided_as_it_is_then(bool follows, ContactVerdict verdict)
    {
        var (alice, bob) = await PairAsync();
        server.Policy.Decide(bob.Id, async () =>
        {
            // A recipient who follows the sender now is not the policy's to decide; one who blocks them refuses what it allows.
            await (follows ? bob.FollowAsync(alice) : (Task)bob.BlockAsync(alice));
            return verdict;
        });

        if (follows)
            Assert.Equal(RequestState.Accepted, (await alice.RequestAsync(bob)).Request.State);
        else
            await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(bob));
        Assert.Single(server.Policy.QuestionsAbout(bob.Id));
    }

    [Fact]
    public async Task An_expired_request_in_the_way_does_not_ask_twice()
    {
        var (alice, bob) = await PairAsync();
        await alice.RequestAsync(bob);
        server.Time.Advance(TimeSpan.FromDays(31));
        await alice.RequestAsync(bob, "Hello again?");
        Assert.Equal(2, server.Policy.QuestionsAbout(bob.Id).Count);
    }

    private async Task<(Device Sender, Device Recipient)> PairAsync() => (await server.ConnectUserAsync("alice"), await server.ConnectUserAsync("bob"));

    private static async Task<string> CodeAsync(Task call)
    {
        try
        {
            await call.SoonAsync();
            return "";
        }
        catch (ChatHubException e)
        {
            return e.Code;
        }
    }
}
