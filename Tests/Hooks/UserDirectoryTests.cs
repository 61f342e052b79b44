using System.Net;
using ChatHub.Contracts;
using ChatHub.Server.Embedding;
using ChatHub.Server.People;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hooks;

/// <summary>A host's user directory, from outside: whom it brings, when it is read, and what happens when it is away.</summary>
public sealed class UserDirectoryTests(DirectoryServer server) : IClassFixture<DirectoryServer>
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_user_of_the_hosts_signs_in_without_an_import()
    {
        var user = server.Directory.Put(server.HostUser("alice") with { Bio = "Cellist", IsVerified = true });
        var alice = await server.AccountOf(user).ConnectAsync();
        var me = await alice.Hub.GetMe(new());
        Assert.Equal((user.Username, "alice", true, "Cellist"), (me.User.Username, me.User.DisplayName, me.User.IsVerified, me.Bio));

        // Stored now: signing in again reads nothing.
        await using var laptop = await alice.Account.ConnectAsync();
        Assert.Equal(1, server.Directory.ReadsOf(user.UserId));
    }

    [Fact]
    public async Task A_user_whom_the_host_does_not_have_is_not_signed_in_until_it_does()
    {
        var user = new HostUser($"host-{Account.UniqueName("late")}", Account.UniqueName("late"), "Late");
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInStatusAsync(user));
        server.Directory.Put(user);
        Assert.Equal(HttpStatusCode.OK, await SignInStatusAsync(user));
    }

    [Fact]
    public async Task An_account_of_a_host_whose_clock_is_ahead_signs_in()
    {
        var user = server.Directory.Put(server.HostUser("alice") with { CreatedAt = server.Time.GetUtcNow().AddSeconds(2) });
        Assert.Equal(HttpStatusCode.OK, await SignInStatusAsync(user));
    }

    [Fact]
    public async Task A_new_user_is_not_signed_in_while_the_directory_is_away()
    {
        var user = server.HostUser("alice");
        server.Directory.FailFor(user.UserId);
        // Not "who are you?": a client would sign out.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SignInStatusAsync(user));
        server.Directory.Recover(user.UserId);
        Assert.Equal(HttpStatusCode.OK, await SignInStatusAsync(user));
    }

    [Theory]
    [InlineData("send")]
    [InlineData("open")]
    [InlineData("profile")]
    public async Task A_recipient_whom_only_the_host_has_is_brought_by_the_call(string call)
    {
        var alice = await server.SignInAsync("alice");
        var bob = server.HostUser("bob");
        switch (call)
        {
            case "send":
                var sent = await alice.Hub.SendRequest(new() { RecipientId = bob.UserId, Text = "Hello?", ClientId = "1" });
                Assert.Equal((RequestState.Pending, bob.Username), (sent.Request.State, sent.Request.Recipient.Username));
                Assert.Equal([sent.Request.RequestId], await (await server.AccountOf(bob).ConnectAsync()).FolderAsync());
                break;
            case "open":
                await Wire.RefusedAsync(ErrorCodes.RequestRequired, alice.Hub.OpenConversation(new() { UserId = bob.UserId }));
                break;
            default:
                var profile = await alice.Hub.GetProfile(new() { UserId = bob.UserId });
                Assert.Equal((bob.Username, ButtonState.Request), (profile.Username, profile.MessageButton.State));
                Assert.Equal(bob.UserId, (await alice.Hub.GetProfile(new() { Username = bob.Username })).UserId);
                break;
        }

        Assert.Equal(1, server.Directory.ReadsOf(bob.UserId));
    }

    [Fact]
    public async Task A_user_whom_neither_has_is_not_found_and_the_policy_is_not_asked()
    {
        var alice = await server.SignInAsync("alice");
        var id = Account.UniqueName("none");
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.SendRequest(new() { RecipientId = id, Text = "Hello?", ClientId = "1" }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.OpenConversation(new() { UserId = id }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.GetProfile(new() { UserId = id }));
        Assert.Equal(1, server.Directory.ReadsOf(id));
        Assert.Equal(0, server.Directory.FollowReadsOf(id));
        Assert.Empty(server.Policy.QuestionsAbout(id));

        // An id that no host's user can have is not asked about.
        var impossible = new string('x', 1_000);
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.GetProfile(new() { UserId = impossible }));
        Assert.Equal(0, server.Directory.ReadsOf(impossible));
    }

    [Fact]
    public async Task A_known_user_is_read_again_after_30_seconds_and_no_earlier()
    {
        var alice = await server.SignInAsync("alice");
        var bob = server.HostUser("bob");
        Assert.Equal("bob", (await alice.Hub.GetProfile(new() { UserId = bob.UserId })).DisplayName);
        server.Directory.Put(bob with { DisplayName = "Robert" });

        server.Time.Advance(FreshFor - TimeSpan.FromMilliseconds(1));
        Assert.Equal("bob", (await alice.Hub.GetProfile(new() { UserId = bob.UserId })).DisplayName);
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("Robert", (await alice.Hub.GetProfile(new() { UserId = bob.UserId })).DisplayName);
        Assert.Equal(2, server.Directory.ReadsOf(bob.UserId));
    }

    [Fact]
    public async Task The_hosts_follows_decide_and_are_stored()
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        server.Directory.Follow(bob.Id, alice.Id, true);
        var profile = await alice.ProfileAsync(bob);
        Assert.Equal((true, ButtonState.Message), (profile.FollowsYou, profile.MessageButton.State));
        Assert.Equal(alice.Id, Assert.Single((await bob.Hub.ListFollowing(new())).Items).UserId);
        Assert.Empty(server.Policy.QuestionsAbout(bob.Id));

        server.Directory.Follow(bob.Id, alice.Id, false);
        await Wire.RefusedAsync(ErrorCodes.RequestRequired, alice.OpenAsync(bob));
        Assert.Empty((await bob.Hub.ListFollowing(new())).Items);
    }

    [Fact]
    public async Task Follows_of_which_the_host_says_nothing_stay_as_they_are()
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        await bob.FollowAsync(alice);
        Assert.Equal(RequestState.Accepted, (await alice.RequestAsync(bob)).Request.State);
    }

    [Fact]
    public async Task What_the_host_changed_of_a_user_decides_the_contact()
    {
        var alice = await server.SignInAsync("alice");
        var bob = server.HostUser("bob");
        server.Directory.Put(bob with { IsVerified = true });
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.Hub.OpenConversation(new() { UserId = bob.UserId }));
        server.Directory.Put(bob);
        server.Time.Advance(FreshFor);
        await Wire.RefusedAsync(ErrorCodes.RequestRequired, alice.Hub.OpenConversation(new() { UserId = bob.UserId }));
    }

    [Fact]
    public async Task A_contact_that_depends_on_a_directory_that_is_away_is_unavailable()
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        var carol = server.HostUser("carol");
        server.Directory.FailFor(bob.Id);
        server.Directory.FailFor(carol.UserId);

        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(bob));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.OpenAsync(bob));
        Assert.Equal(ButtonState.Hidden, (await alice.ProfileAsync(bob)).MessageButton.State);
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.Hub.SendRequest(new() { RecipientId = carol.UserId, Text = "Hello?", ClientId = "1" }));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.Hub.OpenConversation(new() { UserId = carol.UserId }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.GetProfile(new() { UserId = carol.UserId }));
        Assert.Empty(server.Policy.QuestionsAbout(bob.Id));

        server.Directory.Recover(bob.Id);
        await alice.RequestAsync(bob);
    }

    [Fact]
    public async Task Open_chats_crossing_and_accepting_never_read_the_directory()
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        var carol = await server.SignInAsync("carol");
        var sent = await alice.RequestAsync(bob);
        await bob.RequestAsync(carol);
        server.Directory.FailFor(alice.Id);
        server.Directory.FailFor(bob.Id);
        server.Directory.FailFor(carol.Id);
        server.Time.Advance(FreshFor);
        var reads = server.Directory.ReadsOf(bob.Id) + server.Directory.FollowReadsOf(bob.Id);

        var chat = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;
        await bob.SayAsync(chat, "Hello");
        await alice.OpenAsync(bob);
        await Wire.RefusedAsync(ErrorCodes.AlreadyConnected, alice.RequestAsync(bob));
        Assert.Equal(RequestState.Accepted, (await carol.RequestAsync(bob)).Request.State);
        Assert.Equal(reads, server.Directory.ReadsOf(bob.Id) + server.Directory.FollowReadsOf(bob.Id));
    }

    [Fact]
    public async Task A_follow_that_ends_while_the_host_is_asked_makes_the_contact_the_policys()
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        await bob.FollowAsync(alice);
        server.Policy.Decide(bob.Id, ContactVerdict.Refuse);
        server.Time.Advance(FreshFor);
        server.Directory.Before(bob.Id, async () =>
        {
            server.Directory.Recover(bob.Id);
            await server.HttpAsync("DELETE", $"/api/directory/users/{bob.Id}/follows/{alice.Id}", Credentials.Service);
        });

        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(bob));
        Assert.Single(server.Policy.QuestionsAbout(bob.Id));
    }

    [Fact]
    public async Task A_user_who_cannot_be_stored_is_unavailable()
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        server.Directory.Put(new(bob.Id, bob.Account.Username, new string('x', 51)));
        server.Time.Advance(FreshFor);
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(bob));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_that_the_host_gave_from_one_user_to_another_moves_here_too(bool isExchange)
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        var carol = await server.SignInAsync("carol");
        var (one, other) = (bob.Account.Username, carol.Account.Username);
        server.Directory.Put(new(bob.Id, other, "bob"));
        server.Directory.Put(new(carol.Id, isExchange ? one : Account.UniqueName("carol"), "carol"));
        server.Time.Advance(FreshFor);
        Assert.Equal(other, (await alice.ProfileAsync(bob)).Username);
        if (isExchange)
            Assert.Equal(carol.Id, (await alice.Hub.GetProfile(new() { Username = one })).UserId);
        else
            await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.GetProfile(new() { Username = one }));
    }

    [Fact]
    public async Task A_name_that_another_user_still_has_is_not_taken_from_them()
    {
        var alice = await server.SignInAsync("alice");
        var bob = await server.SignInAsync("bob");
        var carol = await server.SignInAsync("carol");
        server.Directory.Put(new(bob.Id, carol.Account.Username.ToUpperInvariant(), "bob"));
        server.Time.Advance(FreshFor);
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(bob));
        Assert.Equal(carol.Account.Username, (await alice.ProfileAsync(carol)).Username);
    }

    [Fact]
    public async Task A_hundred_reads_of_one_user_at_once_are_one_call()
    {
        var user = server.HostUser("alice");
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Directory.Before(user.UserId, () => released.Task);
        var directory = server.Services.GetRequiredService<HostDirectory>();

        var reads = Enumerable.Range(0, 100).Select(_ => directory.ReadUserAsync(user.UserId, TestTimeouts.Token)).ToList();
        released.SetResult();
        Assert.All(await Task.WhenAll(reads).SoonAsync(), Assert.True);
        Assert.Equal(1, server.Directory.ReadsOf(user.UserId));

        // A caller who leaves ends the read for no other.
        using var leaving = new CancellationTokenSource();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Directory.Before(user.UserId, () => held.Task);
        var left = directory.ReadUserAsync(user.UserId, leaving.Token);
        var stayed = directory.ReadUserAsync(user.UserId, TestTimeouts.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        held.SetResult();
        Assert.True(await stayed.SoonAsync());
        Assert.Equal(2, server.Directory.ReadsOf(user.UserId));
    }

    [Fact]
    public async Task A_directory_that_hangs_is_not_waited_for()
    {
        var alice = await server.SignInAsync("alice");
        var bob = server.HostUser("bob");
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Directory.Before(bob.UserId, () =>
        {
            called.TrySetResult();
            return released.Task;
        });

        var send = alice.Hub.SendRequest(new() { RecipientId = bob.UserId, Text = "Hello?", ClientId = "1" });
        await called.Task.SoonAsync();
        server.Time.Advance(TimeSpan.FromMilliseconds(500));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, send);
        released.SetResult();
    }

    private async Task<HttpStatusCode> SignInStatusAsync(HostUser user) =>
        (await server.HttpAsync("GET", "/api/me/export", new(server.AccountOf(user).Token))).Status;
}
