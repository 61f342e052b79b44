using System.Globalization;
using System.Net;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Safety;
using Xunit;

namespace ChatHub.Tests.Sync;

/// <summary>Everything stored on a user, and nothing that discloses others' actions.</summary>
public sealed class ExportTests(SharedServer server)
{
    [Fact]
    public async Task Export_holds_everything_of_the_user_one_object_a_line()
    {
        await using var chat = await server.OpenChatAsync();
        await using var carol = await server.ConnectUserAsync("carol");
        for (var i = 2; i <= 105; i++)
            await chat.Alice.SayAsync(chat.Id, $"Message {i.ToString(CultureInfo.InvariantCulture)}\nof many");
        await chat.Bob.FollowAsync(carol);
        await carol.FollowAsync(chat.Bob);
        await chat.Bob.BlockAsync(carol);
        await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, Note = "Too much" });
        var picture = Pictures.Png(8, 8);
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("PUT", "/api/me/avatar", Credentials.Of(chat.Bob), picture)).Status);

        var lines = await ExportAsync(chat.Bob);

        Assert.Equal(
            [ExportType.Account, ExportType.Avatar, ExportType.Following, ExportType.Follower, ExportType.Blocked, ExportType.Request, ExportType.Conversation, ExportType.Message, ExportType.Report],
            lines.Select(line => line.Type).Distinct());
        Assert.Equal(("1990-05-17", chat.Bob.Id), (lines[0].Account!.BirthDate, lines[0].Account!.Me.User.UserId));
        Assert.Equal(Wire.Json(await chat.Bob.Hub.GetMe(new())), Wire.Json(lines[0].Account!.Me));
        Assert.Equal((8, 8), Pictures.SizeOf(Convert.FromBase64String(Only(lines, ExportType.Avatar).Avatar!.Content)));
        Assert.Equal(carol.Id, Only(lines, ExportType.Following).Following!.UserId);
        Assert.Equal(carol.Id, Only(lines, ExportType.Follower).Follower!.UserId);
        Assert.Equal(carol.Id, Only(lines, ExportType.Blocked).Blocked!.UserId);
        Assert.Equal(chat.RequestId, Only(lines, ExportType.Request).Request!.RequestId);
        Assert.Equal((chat.Alice.Id, "Too much"), (Only(lines, ExportType.Report).Report!.Reported.UserId, Only(lines, ExportType.Report).Report!.Notes.Single()));
        Assert.Equal(Enumerable.Range(1, 105).Select(seq => (long)seq), lines.Where(line => line.Message is not null).Select(line => line.Message!.Seq));
    }

    [Fact]
    public async Task Export_holds_since_when_the_account_exists_at_the_host()
    {
        var createdAt = new DateTimeOffset(2021, 3, 1, 8, 30, 0, TimeSpan.Zero);
        await using var alice = await (await Account.BringAsync(server, new() { Username = Account.UniqueName("alice"), DisplayName = "Alice", CreatedAt = createdAt })).ConnectAsync();

        Assert.Equal(createdAt, Only(await ExportAsync(alice), ExportType.Account).Account!.CreatedAt);
    }

    [Fact]
    public async Task Export_holds_warnings_and_bans_that_are_over_as_their_user_read_them()
    {
        await using var chat = await server.OpenChatAsync();
        await server.ResolveAsync(await chat.Bob.ReportAsync(chat.Alice), new() { Action = ReportAction.Warn, Reason = "Be kind" });
        await server.ResolveAsync(await chat.Bob.ReportAsync(chat.Alice), new() { Action = ReportAction.Warn, Reason = "Once more" });
        var report = await chat.Bob.ReportAsync(chat.Alice);
        await server.ResolveAsync(report, new() { Action = ReportAction.Ban, Hours = 24, Reason = "Spam" });
        await server.LiftBanAsync(chat.Alice);
        await server.BanAsync(chat.Alice);

        var lines = await ExportAsync(chat.Alice);

        Assert.Equal(["Be kind", "Once more"], lines.Where(line => line.Type == ExportType.Warning).Select(line => line.Warning!.Reason));
        var bans = lines.Where(line => line.Type == ExportType.Ban).Select(line => line.Ban!).ToList();
        Assert.Equal(
            [("Spam", TimeSpan.FromHours(24), true), ((string?)null, (TimeSpan?)null, false)],
            bans.Select(ban => (ban.Reason, ban.Until - ban.BannedAt, ban.LiftedAt is not null)));
        // Not which moderator, nor that there was a report.
        Assert.All((string[])[report, ReportCases.ModeratorId], hidden => Assert.DoesNotContain(hidden, string.Concat(lines.Select(line => Wire.Json(line))), StringComparison.Ordinal));
        Assert.DoesNotContain(await ExportAsync(chat.Bob), line => line.Type is ExportType.Warning or ExportType.Ban);
    }

    [Fact]
    public async Task Export_holds_messages_as_they_are_and_the_own_texts_that_were_replaced()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Bob.SayAsync(chat.Id, "Bob's");
        await chat.Bob.EditAsync(chat.Id, 3, "Bob's edited");
        await chat.Bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, IsArchived = true });
        await chat.Alice.RemoveAsync(chat.Id, 2);

        var lines = await ExportAsync(chat.Bob);

        Assert.True(Only(lines, ExportType.Conversation).Conversation!.IsArchived);
        Assert.Equal(["Hello?", "", "Bob's edited"], lines.Where(line => line.Message is not null).Select(line => line.Message!.Text));
        var earlier = Only(lines, ExportType.EarlierText).EarlierText!;
        Assert.Equal((chat.Id, 3, "Bob's"), (earlier.ConversationId, earlier.Seq, earlier.Text));
        Assert.Equal("Hello", Only(await ExportAsync(chat.Alice), ExportType.EarlierText).EarlierText!.Text);
    }

    [Fact]
    public async Task Export_omits_what_its_user_has_cleared()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.SayAsync(chat.Id, "Kept");
        await chat.Bob.ClearAsync(chat.Id, 2);

        Assert.Equal([3], (await ExportAsync(chat.Bob)).Where(line => line.Message is not null).Select(line => line.Message!.Seq));
        Assert.Equal([1, 2, 3], (await ExportAsync(chat.Alice)).Where(line => line.Message is not null).Select(line => line.Message!.Seq));
    }

    [Fact]
    public async Task Export_omits_who_blocks_reports_or_turns_down_silently()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Let me in");
        await bob.DeleteAsync(sent.Request.RequestId);
        await bob.Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Harassment, Note = "Sinister" });
        await bob.BlockAsync(alice);

        // Alice reads her request as pending; bob has it in his folder deleted.
        Assert.Equal(RequestState.Pending, Only(await ExportAsync(alice), ExportType.Request).Request!.State);
        Assert.DoesNotContain(await ExportAsync(alice), line => line.Type is ExportType.Blocked or ExportType.Report);
        Assert.Equal(RequestFolder.Deleted, Only(await ExportAsync(bob), ExportType.Request).Request!.Folder);
    }

    [Fact]
    public async Task Export_lists_sessions_without_their_tokens()
    {
        var account = await Account.SignUpAsync(server, "alice");
        var session = await server.SignInAsync(account);
        var cookie = session.RefreshCookie().Split('=')[1];
        var halves = cookie.Split('.');

        var answer = await server.HttpAsync("GET", "/api/me/export", new(account.Token));

        var text = Encoding.UTF8.GetString(answer.Content);
        Assert.Contains("\"type\":\"session\"", text, StringComparison.Ordinal);
        Assert.All(halves, half => Assert.DoesNotContain(half, text, StringComparison.Ordinal));
        foreach (var hash in await server.Database.ListAsync<string>("SELECT password_hash FROM credentials UNION ALL SELECT token_hash FROM sessions UNION ALL SELECT family_hash FROM sessions"))
            Assert.DoesNotContain(hash, text, StringComparison.Ordinal);
    }

    private Task<List<ExportLine>> ExportAsync(Device device) => Export.OfAsync(server, device);

    private static ExportLine Only(IEnumerable<ExportLine> lines, ExportType type) => Assert.Single(lines, line => line.Type == type);
}
