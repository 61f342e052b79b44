using System.Text.Json;
using System.Text.RegularExpressions;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal;
using ChatHub.Terminal.Rendering;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Safety;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>Every command that the story of two strangers does not use, by script on a real server.</summary>
public sealed partial class CommandTests(SharedServer server)
{
    private readonly string _alice = Account.UniqueName("alice");
    private readonly string _bob = Account.UniqueName("bob");

    [Fact]
    public async Task Script_searches_follows_requests_and_withdraws()
    {
        await RunAsync($"signup {_bob} correct-horse 1990-01-01 Bob Builder");

        var run = await RunAsync(
            $"signup {_alice} correct-horse 1990-01-01",
            $"search {_bob}",
            $"follow {_bob}",
            $"tips {_bob} Hi!",
            $"request {_bob} Hi Bob, how did you learn to build?",
            $"-request {_bob} And another thing",
            $"profile {_bob}",
            $"withdraw {_bob}",
            "sent",
            $"profile {_bob}",
            $"unfollow {_bob}",
            "search no-such-user");

        Assert.Equal("", run.Errors);
        Assert.Equal(
            $"""
            signed up as {_alice}
            {_bob} (Bob Builder)
            you follow {_bob}
            tip: …
            tip: …
            request to {_bob} (Bob Builder) ✓ sent: Hi Bob, how did you learn to build?
            ! request_pending: Your request to this user has not been answered yet.
            {_bob} (Bob Builder)
            1 follower · 0 following
            you follow them
            [pending] your request is pending · withdraw {_bob}
            request to {_bob} (Bob Builder) withdrawn: Hi Bob, how did you learn to build?
            request to {_bob} (Bob Builder) withdrawn: Hi Bob, how did you learn to build?
            {_bob} (Bob Builder)
            1 follower · 0 following
            you follow them
            [request] request {_bob} TEXT
            you no longer follow {_bob}
            no users found

            """,
            Tip().Replace(run.Output, "tip: …"));
    }

    [Fact]
    public async Task Script_previews_and_deletes_a_filtered_request()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");
        await alice.Hub.UpdateSettings(new() { HiddenWords = ["casino"] });
        await bob.Hub.SendRequest(new() { RecipientId = alice.Id, Text = "Come to my casino.", ClientId = UserActions.NewClientId() });
        var name = bob.Account.Username;

        var run = await ScriptRun.RunAsync(
            server.Address, ["requests", "filtered", $"preview {name}", $"delete {name}", "filtered", $"-preview {name}"], token: alice.Account.Token);

        Assert.Equal("", run.Errors);
        var shown = PeopleText.Name(bob.Account.Session.User);
        Assert.Equal(
            $"""
            no requests
            filtered request from {shown} · preview {name}
            {shown} asks: Come to my casino.
            they are not notified that you read it · accept {name} · delete {name}
            deleted the request from {name}
            no requests
            ! request_not_found: There is no request from {name}.

            """,
            string.Join('\n', run.Output.Split('\n').SkipWhile(line => line != "no requests")));
    }

    [Fact]
    public async Task Script_replies_edits_reacts_and_removes_by_number()
    {
        var run = await ChatAsync(
            $"reply {_bob} #1 To that",
            $"edit {_bob} #2 To that, rather",
            $"react {_bob} #1 👍",
            $"remove {_bob} #2",
            $"-edit {_bob} #2 Too late",
            $"-react {_bob} #1 ❤",
            $"-remove {_bob} #9",
            $"-edit no.such.user #1 Hm",
            $"react {_bob} #1",
            $"open {_bob}");

        Assert.Equal(
            $"""
            you replied to #1 with #2
            you edited #2
            you reacted to #1 with 👍
            you removed #2 for both
            ! edit_closed: This message can no longer be changed.
            ! invalid_argument: emoji must be one emoji of at most 64 bytes (an RGI sequence of UTS #51).
            ! invalid_argument: seq must be a message of yours in this conversation.
            ! conversation_not_found: There is no chat with no.such.user.
            your reaction to #1 is gone
            chat with {_bob} (Bob Builder)
            #1 {_bob}: Hello?
            #2 you: (removed) ✓ sent

            """,
            run);
    }

    [Fact]
    public async Task Script_mutes_archives_pins_and_clears_a_chat()
    {
        var run = await ChatAsync(
            $"mute {_bob} 8",
            $"pin {_bob}",
            "chats",
            $"archive {_bob}",
            "chats",
            "archived",
            $"unarchive {_bob}",
            $"unpin {_bob}",
            $"unmute {_bob}",
            $"mute {_bob}",
            $"chat-receipts {_bob} off",
            $"clear {_bob}",
            "chats");

        Assert.Equal(
            $"""
            for 8 h you muted {_bob}
            you pinned {_bob}
            {_bob} (Bob Builder) · pinned · muted · #1 {_bob}: Hello?
            you archived {_bob}
            no chats
            {_bob} (Bob Builder) · pinned · muted · #1 {_bob}: Hello?
            you took out of the archive {_bob}
            you unpinned {_bob}
            you unmuted {_bob}
            until you unmute them, you muted {_bob}
            receipts are now off for {_bob}
            you cleared the chat with {_bob} up to #1; they keep it
            {_bob} (Bob Builder) · muted · no messages

            """,
            run);
    }

    /// <summary>Alice has accepted bob's request; what she is shown of her commands then.</summary>
    private async Task<string> ChatAsync(params string[] lines)
    {
        await RunAsync($"signup {_alice} correct-horse 1990-01-01");
        await RunAsync($"signup {_bob} correct-horse 1990-01-01 Bob Builder", $"request {_alice} Hello?");
        await RunAsync($"signin {_alice} correct-horse", $"accept {_bob}");
        var run = await RunAsync([$"signin {_alice} correct-horse", .. lines]);
        Assert.Equal("", run.Errors);
        // Behind the lines of the sign-in, and without the updates of own messages, which are printed when they arrive.
        return string.Join('\n', run.Output.Split('\n').Skip(2).Where(line => !line.StartsWith('[')));
    }

    [Fact]
    public async Task Script_changes_settings_that_the_server_enforces()
    {
        await RunAsync($"signup {_bob} correct-horse 1990-01-01", "messages following");
        await RunAsync($"signup {_alice} correct-horse 1990-01-01", $"messages {MessagingPolicy.Nobody}");

        var run = await RunAsync(
            $"signin {_alice} correct-horse",
            $"profile {_bob}",
            $"-request {_bob} Hi?",
            "messages everyone",
            $"profile {_bob}",
            $"-request {_bob} Hi?",
            "receipts off",
            "presence OFF",
            "name Alice Liddell",
            "bio Curiouser",
            "bio",
            "settings");

        Assert.Equal("", run.Errors);
        Assert.Contains("[notice] Messages cannot be sent since this user isn’t following you.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("! messaging_disabled: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("! not_followed: Messages cannot be sent since this user isn’t following you.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"you are {_alice} (Alice Liddell)\nCuriouser\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"""
            you are {_alice} (Alice Liddell)
            messages from everyone · seen receipts off · presence off
            20 requests left today
            nothing new

            """,
            run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_blocks_and_reports()
    {
        await RunAsync($"signup {_bob} correct-horse 1990-01-01");

        var run = await RunAsync(
            $"signup {_alice} correct-horse 1990-01-01",
            "blocked",
            $"block {_bob}",
            "blocked",
            $"profile {_bob}",
            $"-request {_bob} Hi?",
            $"unblock {_bob}",
            "blocked",
            $"report {_bob} spam He sells things.");

        Assert.Equal("", run.Errors);
        Assert.Equal(
            $"""
            signed up as {_alice}
            no blocked users
            you blocked {_bob}
            {_bob}
            {_bob}
            0 followers · 0 following
            you blocked them
            [no messages]
            ! you_blocked_user: You blocked this user. Unblock them first.
            you no longer block {_bob}
            no blocked users
            you reported {_bob}; they are not notified

            """,
            run.Output);

        var wrong = await RunAsync($"signin {_alice} correct-horse", $"report {_bob} ugliness");
        Assert.Equal("! REASON is one of harassment, spam, hate, sexual, minorSafety, other.\n", wrong.Errors);
        Assert.Equal(ExitCode.Usage, wrong.Code);
    }

    [Fact]
    public async Task Report_with_chosen_messages_sends_them_as_evidence()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "Buy this.");
        await chat.Bob.SayAsync(chat.Id, "No.");
        await chat.Alice.SayAsync(chat.Id, "Buy that.");
        var alice = chat.Alice.Account.Username;

        var run = await ScriptRun.RunAsync(server.Address, [$"report {alice} spam #2,4 He sells things.", $"report {alice} other"], token: chat.Bob.Account.Token);

        Assert.Equal("", run.Errors);
        Assert.EndsWith(
            $"you reported {alice} with 2 of the messages; they are not notified\nyou reported {alice}; they are not notified\n", run.Output, StringComparison.Ordinal);
        var listed = Assert.Single(await server.AllAsync(), report => report.Reporter.UserId == chat.Bob.Id);
        Assert.Equal([ReportReason.Spam, ReportReason.Other], listed.Reasons);
        var opened = await server.CaseAsync(listed.ReportId);
        Assert.Equal("He sells things.", Assert.Single(opened.Notes).Text);
        Assert.Equal([1, 2, 3, 4], opened.Evidence.Select(evidence => evidence.Seq).OfType<long>());
    }

    [Fact]
    public async Task Signup_with_a_password_in_quotes_keeps_its_spaces()
    {
        await RunAsync($"signup {_alice} \"correct \\\"horse\\\" battery\" 1990-01-01");
        using var http = new HttpClient { BaseAddress = server.Address };

        var session = await new ChatHubAccounts(http).SignInAsync(new() { Username = _alice, Password = "correct \"horse\" battery" }, TestTimeouts.Token);

        Assert.Equal(_alice, session.User.Username);
    }

    [Fact]
    public async Task History_prints_the_earlier_messages_page_by_page()
    {
        await RunAsync($"signup {_bob} correct-horse 1990-01-01");
        await RunAsync($"signup {_alice} correct-horse 1990-01-01", $"request {_bob} Hi Bob, how are you?");
        await RunAsync($"signin {_bob} correct-horse", $"accept {_alice}", $"open {_alice}", string.Join('\n', Enumerable.Range(2, 38).Select(i => $"say text {i}")));

        var run = await RunAsync($"signin {_alice} correct-horse", $"open {_bob}", "history", "history");

        var lines = run.Output.Split('\n');
        Assert.Equal(
            [
                "earlier messages: history",
                .. Enumerable.Range(10, 30).Select(i => $"#{i} {_bob}: text {i}"),
                "#1 you: Hi Bob, how are you? ✓✓ seen",
                .. Enumerable.Range(2, 8).Select(i => $"#{i} {_bob}: text {i}"),
                "no earlier messages",
                "",
            ],
            lines.SkipWhile(line => line != "earlier messages: history"));
    }

    [Fact]
    public async Task Json_prints_one_object_a_line_with_the_objects_of_the_wire()
    {
        await RunAsync($"signup {_alice} correct-horse 1990-01-01");
        await using var bob = await server.ConnectAsync("bob");
        string[] script = [$"signin {_alice} correct-horse", "wait RequestReceived 60", "-open no_such_user", "nonsense"];
        using var process = await ConsoleProcess.StartAsync(string.Join('\n', script), ["--server", $"{server.Address}", "--script", "-", "--json"], TestTimeouts.Token);
        await process.ReadToAsync("{\"text\":\"signed in", TestTimeouts.Token);
        var alice = await bob.Hub.GetProfile(new() { Username = _alice });
        await bob.Hub.SendRequest(new() { RecipientId = alice.UserId, Text = "How are you? 👋", ClientId = UserActions.NewClientId() });

        var run = await process.EndAsync(TestTimeouts.Token);

        Assert.Equal(ExitCode.Usage, run.Code);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal($"signed in as {_alice}", lines[0].GetProperty("text").GetString());
        var received = lines.Single(line => line.TryGetProperty("event", out var name) && name.GetString() == "RequestReceived").GetProperty("content");
        Assert.Equal(("pending", bob.Account.Username), (received.GetProperty("request").GetProperty("state").GetString(), received.GetProperty("request").GetProperty("sender").GetProperty("username").GetString()));
        Assert.StartsWith("! user_not_found: ", lines[^1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("! unknown command nonsense: try help", JsonSerializer.Deserialize<JsonElement>(run.Errors).GetProperty("text").GetString());
    }

    [GeneratedRegex("(?m)^tip: .*$")]
    private static partial Regex Tip();

    private Task<ScriptRun> RunAsync(params string[] lines) => ScriptRun.RunAsync(server.Address, lines);
}
