using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Requests;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting.Demo;

/// <summary>What the users of the demo do, by the server's own use cases and at the demo's time.</summary>
internal sealed class DemoActions(
    IDatabase database, DemoClock clock, AccountService accounts, DirectoryService directory, AvatarService avatars, PeopleUseCases people,
    RequestUseCases requests, ConversationUseCases conversations)
{
    /// <summary>Of every user of the demo.</summary>
    public const string Password = "pencil and boots";

    private int _clientIds;

    /// <summary>Sets the clock.</summary>
    /// <param name="days">Before today's present time.</param>
    /// <param name="minutes">Later than that.</param>
    public void At(double days, double minutes = 0) => clock.Ago = TimeSpan.FromDays(days) - TimeSpan.FromMinutes(minutes);

    public async Task<DemoUser> SignUpAsync(DemoPerson person)
    {
        At(person.JoinedDaysAgo);
        var input = new SignUpInput { Username = person.Username, Password = Password, BirthDate = BirthDate(person), DisplayName = person.DisplayName };
        var signedIn = await accounts.SignUpAsync(input, new(Device: null, Address: null), TimeSpan.FromHours(1), CancellationToken.None);
        var user = new DemoUser(signedIn.Person.Ref, person.Username);
        if (person.Bio.Length > 0)
            await people.Me.UpdateProfileAsync(user.Caller, new() { Bio = person.Bio }, CancellationToken.None);
        if (person.Hue is { } hue)
            await avatars.PutAsync(user.User, DemoAvatar.Draw(hue), CancellationToken.None);
        return user;
    }

    /// <summary>As its host application does. Before the avatar is set: what the directory brings replaces it.</summary>
    public Task VerifyAsync(DemoUser user, DemoPerson person) => directory.PutUserAsync(
        user.Id,
        new() { Username = person.Username, DisplayName = person.DisplayName, Bio = person.Bio, BirthDate = BirthDate(person), IsVerified = true },
        CancellationToken.None);

    public Task FollowAsync(DemoUser user, DemoUser other) => requests.Profiles.FollowAsync(user.Caller, new() { UserId = other.Id }, CancellationToken.None);

    public Task SetAsync(DemoUser user, UpdateSettingsInput settings) => conversations.Settings.UpdateAsync(user.Caller, settings, CancellationToken.None);

    /// <returns>The request's id.</returns>
    public async Task<string> RequestAsync(DemoUser sender, DemoUser recipient, string text) =>
        (await SendRequestAsync(sender, recipient, text)).Request.RequestId;

    /// <summary>A request that is accepted 40 minutes later, unless it opens the chat at once; seq 1 is its text.</summary>
    public async Task<DemoChat> ChatAsync(DemoUser sender, DemoUser recipient, double days, string text)
    {
        At(days);
        var sent = await SendRequestAsync(sender, recipient, text);
        At(days, minutes: 40);
        var conversation = sent.Conversation
            ?? (await requests.Accept.AcceptAsync(recipient.Caller, new() { RequestId = sent.Request.RequestId }, CancellationToken.None)).Conversation;
        return new(conversation.ConversationId);
    }

    /// <returns>The message's seq.</returns>
    public async Task<long> SayAsync(DemoChat chat, DemoUser sender, string text, long? replyTo = null)
    {
        var sent = await conversations.Send.SendAsync(
            sender.Caller, new() { ConversationId = chat.Id, Text = text, ClientId = NextClientId(), ReplyToSeq = replyTo }, CancellationToken.None);
        return sent.Message.Seq;
    }

    public Task SeeAsync(DemoChat chat, DemoUser reader, long seq) =>
        conversations.MarkSeen.MarkAsync(reader.Caller, new() { ConversationId = chat.Id, Seq = seq }, CancellationToken.None);

    public Task ReactAsync(DemoChat chat, DemoUser user, long seq, string emoji) =>
        conversations.Changes.ReactAsync(user.Caller, new() { ConversationId = chat.Id, Seq = seq, Emoji = emoji }, CancellationToken.None);

    public Task EditAsync(DemoChat chat, DemoUser sender, long seq, string text) =>
        conversations.Changes.EditAsync(sender.Caller, new() { ConversationId = chat.Id, Seq = seq, Text = text }, CancellationToken.None);

    public Task RemoveAsync(DemoChat chat, DemoUser sender, long seq) =>
        conversations.Changes.RemoveAsync(sender.Caller, new() { ConversationId = chat.Id, Seq = seq }, CancellationToken.None);

    public Task UpdateAsync(DemoChat chat, DemoUser user, UpdateConversationInput view) =>
        conversations.View.UpdateAsync(user.Caller, view with { ConversationId = chat.Id }, CancellationToken.None);

    public Task BlockAsync(DemoUser user, DemoUser other) => requests.Blocks.BlockAsync(user.Caller, new() { UserId = other.Id }, CancellationToken.None);

    public Task DeleteAsync(DemoUser recipient, string request) =>
        requests.Delete.DeleteAsync(recipient.Caller, new() { RequestId = request }, CancellationToken.None);

    public Task WithdrawAsync(DemoUser sender, string request) =>
        requests.Withdraw.WithdrawAsync(sender.Caller, new() { RequestId = request }, CancellationToken.None);

    public Task<bool> IsEmptyAsync(PeopleStore users) => database.ReadAsync(async session => !await users.AnyAsync(session), CancellationToken.None);

    private static string BirthDate(DemoPerson person) =>
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddYears(-person.Age).AddDays(-100).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<RequestChanged> SendRequestAsync(DemoUser sender, DemoUser recipient, string text) => requests.Send.SendAsync(
        sender.Caller, new() { RecipientId = recipient.Id, Text = text, ClientId = NextClientId() }, CancellationToken.None);

    private string NextClientId() => $"demo-{++_clientIds}";
}
