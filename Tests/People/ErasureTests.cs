using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Erasing an account, by its user or by the host application.</summary>
public sealed class ErasureTests(SharedServer server)
{
    [Fact]
    public async Task Messages_of_an_erased_account_stay_with_the_peer_as_from_a_removed_user()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "My secret is safe with you.");
        await server.EraseAsync(chat.Alice);

        var removed = new UserCard { UserId = chat.Alice.Id, Username = "", DisplayName = "Removed user" };
        var conversation = Assert.Single((await chat.Bob.Hub.ListConversations(new())).Items);
        Assert.Equal((removed, ConversationState.Unavailable), (conversation.Peer, conversation.State));
        var messages = (await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id })).Items;
        Assert.Equal([(chat.Alice.Id, "Hello?"), (chat.Alice.Id, "My secret is safe with you.")], messages.Select(m => (m.SenderId, m.Text)));
        var profile = await chat.Bob.ProfileAsync(chat.Alice);
        // The chat is there to be read.
        Assert.Equal(("", "Removed user", null, chat.Id), (profile.Username, profile.DisplayName, profile.Bio, profile.MessageButton.ConversationId));
        Assert.Equal(removed, (await chat.Bob.Hub.GetRequest(new() { RequestId = chat.RequestId })).Sender);
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, chat.Bob.SayAsync(chat.Id, "Where are you?"));
    }

    [Fact]
    public async Task Live_connections_are_closed_and_tokens_are_worth_nothing()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        using var raw = await RawHub.ConnectAsync(server, alice.Account.Token);
        await server.EraseAsync(alice);
        await raw.ClosedAsync();

        Assert.Equal(ErrorCodes.Unauthenticated, (await Assert.ThrowsAsync<ChatHubException>(alice.Account.ConnectAsync)).Code);
        await server.HttpRefusedAsync(ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "DELETE", "/api/me/avatar", Credentials.Of(alice));
    }

    [Fact]
    public async Task Erased_account_stays_blocked_and_can_be_unblocked()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Bob.BlockAsync(chat.Alice);
        await server.EraseAsync(chat.Alice);

        Assert.Equal(("", chat.Alice.Id), (Assert.Single((await chat.Bob.Hub.ListBlocked(new())).Items).Username, (await chat.Bob.Hub.ListBlocked(new())).Items[0].UserId));
        Assert.Equal(ConversationState.YouBlocked, await chat.Bob.ChatStateAsync(chat.Id));
        Assert.Equal(ConversationState.Unavailable, (await chat.Bob.UnblockAsync(chat.Alice)).Conversation!.State);
    }

    [Fact]
    public async Task A_removed_accounts_row_is_found_by_no_name()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await server.EraseAsync(alice);
        var freed = Assert.Single(await server.Database.ListAsync<string>("SELECT username FROM users WHERE user_id = @Id", new { alice.Id }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, bob.Hub.GetProfile(new() { Username = freed }));
    }

    [Fact]
    public async Task Pending_requests_of_an_erased_account_are_withdrawn()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.NextAsync<RequestReceived>();
        await server.EraseAsync(alice);

        var removed = await bob.NextAsync<RequestRemoved>();
        Assert.Equal((sent.Request.RequestId, 0), (removed.RequestId, removed.Badges.PendingRequests));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, bob.Hub.GetRequest(new() { RequestId = sent.Request.RequestId }));
    }

    [Fact]
    public async Task Follows_go_both_ways_and_counts_are_right()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await using var carol = await server.ConnectUserAsync("carol");
        await alice.FollowAsync(bob);
        await carol.FollowAsync(bob);
        await bob.FollowAsync(alice);
        await server.EraseAsync(alice);

        var profile = await carol.ProfileAsync(bob);
        Assert.Equal((1, 0), (profile.FollowerCount, profile.FollowingCount));
        Assert.Equal([carol.Id], (await bob.Hub.ListFollowers(new())).Items.Select(card => card.UserId));
        Assert.Empty((await bob.Hub.ListFollowing(new())).Items);
    }

    [Fact]
    public async Task The_name_is_gone_from_search_and_signs_in_no_more()
    {
        await using var bob = await server.ConnectUserAsync("bob");
        var alice = await Account.SignUpAsync(server, "alice");
        Assert.Single((await bob.Hub.SearchUsers(new() { Query = alice.Username })).Items);
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{alice.Id}", Credentials.Service)).Status);

        Assert.Empty((await bob.Hub.SearchUsers(new() { Query = alice.Username })).Items);
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, bob.Hub.GetProfile(new() { Username = alice.Username }));
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidCredentials, HttpStatusCode.Unauthorized,
            "POST", "/api/sessions", Credentials.None, new SignInInput { Username = alice.Username, Password = Account.Password });

        Assert.Equal("Removed user", (await bob.Hub.GetProfile(new() { UserId = alice.Id })).DisplayName);
    }

    [Fact]
    public async Task Nothing_that_names_them_is_left_in_the_database()
    {
        var account = await Account.BringAsync(server, new()
        {
            Username = Account.UniqueName("zebedee"),
            DisplayName = "Zebedee Quux",
            BirthDate = "1977-07-13",
            Bio = "Juggles chainsaws",
        });
        await using var alice = await account.ConnectAsync();
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob, "I am Zebedee Quux and I juggle");
        await server.EraseAsync(alice);
        var content = await server.Database.ContentAsync();
        foreach (var trace in (string[])[account.Username, "Zebedee", "zebedee", "1977-07-13", "chainsaws"])
            Assert.DoesNotContain(trace, content.Replace($"host-{account.Username}", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_built_in_account_is_erased_by_its_user_with_the_password_alone()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var (pass, path) = (new Credentials(alice.Token), $"/api/directory/users/{alice.Id}");
        await server.HttpRefusedAsync(ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "DELETE", path, pass);
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidCredentials, HttpStatusCode.Unauthorized, "DELETE", path, pass, new EraseInput { Password = "a wrong guess" });
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", path, Credentials.Service)).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", path, pass, new EraseInput { Password = Account.Password })).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", path, Credentials.Service)).Status);
    }

    [Fact]
    public async Task Erase_twice_succeeds_and_of_another_user_is_refused()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await server.HttpRefusedAsync(
            ErrorCodes.Forbidden, HttpStatusCode.Forbidden, "DELETE", $"/api/directory/users/{alice.Id}", Credentials.Of(bob));
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{alice.Id}", Credentials.Service)).Status);
        await server.HttpRefusedAsync(
            ErrorCodes.UserNotFound, HttpStatusCode.NotFound, "DELETE", "/api/directory/users/nonexistent", Credentials.Service);
    }
}
