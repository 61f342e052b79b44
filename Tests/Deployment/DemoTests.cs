using System.Net;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>The switch <c>--demo</c>, by a process and from outside.</summary>
public sealed partial class DemoTests
{
    [Fact]
    public async Task Demo_shows_each_state_to_who_signs_in()
    {
        await using var server = await ServerProcess.StartWithAsync(["--demo"]);
        var password = Password().Match(server.Log.Text).Groups[1].Value;
        await using var anna = await SignInAsync(server, "anna", password);
        await using var ben = await SignInAsync(server, "ben", password);

        await RequestsAsync(anna);
        var chats = await ChatsAsync(anna);
        await MessagesAsync(anna, ben, Assert.Single(chats, chat => chat.Peer.Username == "ben").ConversationId);
        await PeopleAsync(anna, ben);
        await ModerationAsync(await SignInAsync(server, "maria", password), server);

        var me = await anna.Hub.GetMe(new());
        Assert.Equal(["prize", "money"], me.Settings.HiddenWords!);
        Assert.True(me.Badges is { PendingRequests: > 0, FilteredRequests: > 0, UnreadConversations: > 0 });
        await using var banned = await SignInAsync(server, "quick.money", password);
        Assert.True((await banned.Hub.GetMe(new())).IsBanned);
        // Its clock is right again: what is written now is of now.
        var now = (await anna.SayAsync(chats[0].ConversationId, "Now")).Message.SentAt;
        Assert.InRange(now, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task Demo_never_fills_a_database_that_has_users()
    {
        await using var server = await ServerProcess.StartAsync();
        var alice = await Account.SignUpAsync(server, "alice");

        Assert.Equal(1, await server.RunSwitchAsync("--demo"));

        Assert.Contains("ChatHub cannot start: --demo fills an empty database only", server.Log.Text, StringComparison.Ordinal);
        var users = (await server.HttpAsync("GET", "/api/directory/users", Credentials.Service)).Read<Page<DirectoryUser>>();
        Assert.Equal([alice.Id], users.Items.Select(user => user.UserId));
    }

    [Theory]
    [InlineData("Auth:SignUp", "closed", "Auth:SignUp")]
    [InlineData("Auth:SignUp", "invite", "Auth:SignUp")]
    public async Task Demo_says_which_setting_it_cannot_work_with(string key, string value, string named)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var server = await ServerProcess.StartWithAsync(["--demo"], (key, value));
        });

        Assert.StartsWith("The server ended with 1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, Assert.Single(failure.Message.Split('\n'), line => line.Contains("ChatHub cannot start: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task RequestsAsync(Device anna)
    {
        foreach (var folder in Enum.GetValues<RequestFolder>())
            Assert.NotEmpty((await anna.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, Folder = folder })).Items);
        var sent = (await anna.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items;
        Assert.Equal(Enum.GetValues<RequestState>(), sent.Select(request => request.State).Distinct().Order());
    }

    private static async Task<IReadOnlyList<Conversation>> ChatsAsync(Device anna)
    {
        var chats = (await anna.Hub.ListConversations(new())).Items;
        Assert.True(chats[0].IsPinned);
        Assert.Contains(chats, chat => chat.MutedUntil > DateTimeOffset.UtcNow);
        Assert.Contains(chats, chat => chat.UnreadCount > 0);
        Assert.Contains(chats, chat => chat.Peer.DisplayName == "Removed user" && chat.State == ConversationState.Unavailable);
        Assert.NotEmpty((await anna.Hub.ListConversations(new() { Archived = true })).Items);
        return chats;
    }

    private static async Task MessagesAsync(Device anna, Device ben, string chat)
    {
        var messages = (await anna.Hub.GetMessages(new() { ConversationId = chat })).Items;
        Assert.Contains(messages, message => message.EditedAt is not null);
        Assert.Contains(messages, message => message.RemovedAt is not null);
        Assert.Contains(messages, message => message.ReplyToSeq is not null);
        Assert.Contains(messages, message => message.Reactions is { Count: > 0 });
        Assert.Contains(messages, message => message.SenderId == anna.Id && message.Status == MessageStatus.Seen);
        Assert.Contains((await ben.Hub.GetMessages(new() { ConversationId = chat })).Items, message => message.SenderId == ben.Id && message.Status == MessageStatus.Sent);
        Assert.True(messages[^1].SentAt - messages[0].SentAt > TimeSpan.FromDays(4));
    }

    private static async Task PeopleAsync(Device anna, Device ben)
    {
        var museum = await anna.Hub.GetProfile(new() { Username = "harbour.museum" });
        Assert.True(museum is { IsVerified: true, AvatarUrl: not null, Bio: not null });
        Assert.Equal(ButtonState.Hidden, (await ben.Hub.GetProfile(new() { Username = "leo" })).MessageButton.State);
        Assert.Equal("rolf", Assert.Single((await anna.Hub.ListBlocked(new())).Items).Username);
    }

    private static async Task ModerationAsync(Device maria, ServerProcess server)
    {
        await using (maria)
        {
            var open = (await server.HttpAsync("GET", "/api/moderation/reports", Credentials.Of(maria))).Read<Page<ReportSummary>>().Items;
            Assert.True(open.Count > 1);
            Assert.Contains(open, report => report.EvidenceCount > 0);
            Assert.NotEmpty((await server.HttpAsync("GET", "/api/moderation/bans", Credentials.Of(maria))).Read<Page<BannedUser>>().Items);
        }
    }

    private static async Task<Device> SignInAsync(ServerProcess server, string username, string password)
    {
        var answer = await server.SignInAsync(username, password);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return await new Account(server.Address, answer.Read<Session>()).ConnectAsync();
    }

    [GeneratedRegex("Every password is: (.+)")]
    private static partial Regex Password();
}
