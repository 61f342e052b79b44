using System.Net;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>The rules of texts, at every text field of every hub method, endpoint and import line.</summary>
public sealed class TextFieldTests(SharedServer server)
{
    private static readonly string[] Malformed = ["a\uFFFEb", "a\uFDD0b", "a\U0001FFFFb", "a\u0007b"];
    private static readonly string[] Blank = ["\u200B", "\u3164", "\u2800", "\uFEFF\u00AD"];
    private static readonly string[] BadNames = ["Anna\u202E", "a" + new string('\u0301', 49), "Anna ✅", "Anna\nB", "Removed user", "Rеmoved usеr"];

    [Fact]
    public async Task Every_text_field_of_the_hub_refuses_noncharacters_and_controls()
    {
        await using var chat = await server.OpenChatAsync();
        await using var eve = await server.ConnectAsync("eve");
        var hub = chat.Alice.Hub;
        foreach (var text in Malformed)
        {
            Task[] calls =
            [
                hub.UpdateProfile(new() { DisplayName = text }),
                hub.UpdateProfile(new() { Bio = text }),
                hub.SearchUsers(new() { Query = text }),
                hub.AdviseIntro(new() { RecipientId = eve.Id, Text = text }),
                hub.SendRequest(new() { RecipientId = eve.Id, Text = text, ClientId = UserActions.NewClientId() }),
                hub.SendMessage(new() { ConversationId = chat.Id, Text = text, ClientId = UserActions.NewClientId() }),
                hub.Report(new() { UserId = eve.Id, Reason = ReportReason.Spam, Note = text }),
            ];
            foreach (var call in calls)
                await Wire.RefusedAsync(ErrorCodes.InvalidArgument, call);
        }
    }

    [Fact]
    public async Task A_text_that_shows_nothing_is_no_message_no_request_no_name_and_no_query()
    {
        await using var chat = await server.OpenChatAsync();
        await using var eve = await server.ConnectAsync("eve");
        foreach (var text in Blank)
        {
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.SayAsync(chat.Id, text));
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.RequestAsync(eve, text));
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.Hub.UpdateProfile(new() { DisplayName = text }));
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.Hub.SearchUsers(new() { Query = text + text }));
        }

        await chat.Alice.Hub.UpdateProfile(new() { Bio = "Sails." });
        Assert.Null((await chat.Alice.Hub.UpdateProfile(new() { Bio = "\u2800" })).Me.Bio);
    }

    [Fact]
    public async Task A_carriage_return_reads_as_a_newline()
    {
        await using var chat = await server.OpenChatAsync();

        var message = (await chat.Alice.SayAsync(chat.Id, "a\r\nb\rc")).Message;

        Assert.Equal("a\nb\nc", message.Text);
        Assert.Equal("a\nb\nc", (await chat.Bob.NextAsync<MessageReceived>()).Message.Text);
        // The same as first sent, whichever way its lines end.
        var clientId = UserActions.NewClientId();
        await chat.Alice.SayAsync(chat.Id, "x\r\ny", clientId);
        Assert.Equal(0, (await chat.Alice.SayAsync(chat.Id, "x\ny", clientId)).Version);
    }

    [Fact]
    public async Task A_name_that_passes_for_something_else_is_refused_wherever_it_is_given()
    {
        await using var alice = await server.ConnectAsync("alice");
        foreach (var name in BadNames.Concat(Malformed).Concat(Blank))
        {
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.Hub.UpdateProfile(new() { DisplayName = name }));
            var signUp = new SignUpInput { Username = Account.UniqueName("n"), Password = Account.Password, BirthDate = "1990-01-01", DisplayName = name };
            await server.HttpRefusedAsync(ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", "/api/accounts", Credentials.None, signUp);
            var person = new DirectoryUserInput { Username = Account.UniqueName("n"), DisplayName = name };
            await server.HttpRefusedAsync(ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "PUT", $"/api/directory/users/{person.Username}", Credentials.Service, person);
        }
    }

    [Fact]
    public async Task A_username_that_reads_as_a_removed_account_needs_another_display_name()
    {
        var input = new SignUpInput { Username = "removed.user_", Password = Account.Password, BirthDate = "1990-01-01" };
        await server.HttpRefusedAsync(ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", "/api/accounts", Credentials.None, input);
    }

    [Fact]
    public async Task An_import_line_with_a_noncharacter_is_an_error_of_that_line()
    {
        var mark = Account.UniqueName("i");
        string[] lines =
        [
            $$"""{"type":"user","userId":"{{mark}}a","username":"{{mark}}a","displayName":"Anna"}""",
            $$"""{"type":"user","userId":"{{mark}}b","username":"{{mark}}b","displayName":"B\uFFFEert"}""",
            $$"""{"type":"user","userId":"{{mark}}c","username":"{{mark}}c","displayName":"Carl","bio":"\uFDD0"}""",
            $$"""{"type":"user","userId":"\uFFFE","username":"{{mark}}d","displayName":"Dora"}""",
            $$"""{"type":"follow","userId":"{{mark}}a","otherId":"\uFFFE"}""",
            $$"""{"type":"user","userId":"{{mark}}e","username":"\uFFFE{{mark}}e","displayName":"Emil"}""",
            $$"""{"type":"user","userId":"{{mark}}f","username":"{{mark}}f","displayName":"Fox"}""",
        ];
        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");

        var answer = await server.HttpAsync("POST", "/api/directory/import", Credentials.Service, body);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var report = answer.Read<ImportReport>();
        Assert.Equal((7, 2, 5), (report.Lines, report.Users, report.Failed));
        Assert.Equal([2, 3, 4, 5, 6], report.Errors.Select(error => error.Line));
    }

    [Fact]
    public async Task A_moderators_reason_and_note_are_texts_too()
    {
        await using var alice = await server.ConnectAsync("alice");
        foreach (var text in Malformed)
        {
            await server.HttpRefusedAsync(
                ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "PUT", $"/api/moderation/bans/{alice.Id}", await server.ModeratorAsync(), new BanInput { Hours = 1, Reason = text });
        }
    }
}
