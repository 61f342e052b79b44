using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Sync;

/// <summary>Everything stored on a user, and nothing of what would tell of others.</summary>
public sealed class ExportTests(SharedServer server)
{
    [Fact]
    public async Task It_holds_everything_of_the_user_one_thing_a_line()
    {
        await using var chat = await server.MeetAsync();
        await using var carol = await server.ArriveAsync("carol");
        for (var i = 2; i <= 105; i++)
            await chat.Alice.SayAsync(chat.Id, $"Message {i.ToString(CultureInfo.InvariantCulture)}\nof many");
        await chat.Bob.FollowAsync(carol);
        await carol.FollowAsync(chat.Bob);
        await chat.Bob.BlockAsync(carol);
        await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, Note = "Too much" });
        byte[] picture = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("PUT", "/api/me/avatar", Pass.Of(chat.Bob), picture)).Status);

        var lines = await ExportAsync(chat.Bob);

        Assert.Equal(
            [ExportType.Account, ExportType.Avatar, ExportType.Following, ExportType.Follower, ExportType.Blocked, ExportType.Request, ExportType.Conversation, ExportType.Message, ExportType.Report],
            lines.Select(line => line.Type).Distinct());
        Assert.Equal(("1990-05-17", chat.Bob.Id), (lines[0].Account!.BirthDate, lines[0].Account!.Me.User.UserId));
        Assert.Equal(Wire.Json(await chat.Bob.Hub.GetMe(new())), Wire.Json(lines[0].Account!.Me));
        Assert.Equal(picture, Convert.FromBase64String(Only(lines, ExportType.Avatar).Avatar!.Content));
        Assert.Equal(carol.Id, Only(lines, ExportType.Following).Following!.UserId);
        Assert.Equal(carol.Id, Only(lines, ExportType.Follower).Follower!.UserId);
        Assert.Equal(carol.Id, Only(lines, ExportType.Blocked).Blocked!.UserId);
        Assert.Equal(chat.RequestId, Only(lines, ExportType.Request).Request!.RequestId);
        Assert.Equal((chat.Alice.Id, "Too much"), (Only(lines, ExportType.Report).Report!.Reported.UserId, Only(lines, ExportType.Report).Report!.Notes.Single()));
        Assert.Equal(Enumerable.Range(1, 105).Select(seq => (long)seq), lines.Where(line => line.Message is not null).Select(line => line.Message!.Seq));
    }

    [Fact]
    public async Task It_tells_nothing_of_who_blocks_or_reports_or_was_turned_down_silently()
    {
        await using var alice = await server.ArriveAsync("alice");
        await using var bob = await server.ArriveAsync("bob");
        var sent = await alice.RequestAsync(bob, "Let me in");
        await bob.DeleteAsync(sent.Request.RequestId);
        await bob.Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Harassment, Note = "Sinister" });
        await bob.BlockAsync(alice);

        // Alice reads her request as waiting; bob has turned it down and holds nothing of it.
        Assert.Equal(RequestState.Pending, Only(await ExportAsync(alice), ExportType.Request).Request!.State);
        Assert.DoesNotContain(await ExportAsync(alice), line => line.Type is ExportType.Blocked or ExportType.Report);
        Assert.DoesNotContain(await ExportAsync(bob), line => line.Type == ExportType.Request);
    }

    [Fact]
    public async Task Signed_in_browsers_are_listed_without_what_they_sign_in_with()
    {
        var account = await Account.SignUpAsync(server, "alice");
        var session = await server.HttpAsync("POST", "/api/sessions", Pass.Nothing, new SignInInput { Username = account.Username, Password = Account.Password });
        var cookie = session.Header("Set-Cookie")!.Split(';')[0].Split('=')[1];

        var answer = await server.HttpAsync("GET", "/api/me/export", new(account.Token));

        var text = Encoding.UTF8.GetString(answer.Content);
        Assert.Contains("\"type\":\"session\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(cookie, text, StringComparison.Ordinal);
        foreach (var hash in await server.Database.ListAsync<string>("SELECT password_hash FROM credentials UNION ALL SELECT token_hash FROM refresh_sessions"))
            Assert.DoesNotContain(hash, text, StringComparison.Ordinal);
    }

    private async Task<List<ExportLine>> ExportAsync(Device device)
    {
        var answer = await server.HttpAsync("GET", "/api/me/export", Pass.Of(device));
        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (answer.Status, answer.ContentType?.MediaType));
        return [.. Encoding.UTF8.GetString(answer.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, ContractJson.Default.ExportLine)!)];
    }

    private static ExportLine Only(IEnumerable<ExportLine> lines, ExportType type) => Assert.Single(lines, line => line.Type == type);
}
