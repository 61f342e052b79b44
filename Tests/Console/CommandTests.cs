using System.Text.Json;
using ChatHub.Terminal;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>Every command that the story of two strangers does not need, by script on a real server.</summary>
public sealed class CommandTests(SharedServer server)
{
    private readonly string _alice = Account.UniqueName("alice");
    private readonly string _bob = Account.UniqueName("bob");

    [Fact]
    public async Task People_are_found_followed_asked_and_asked_no_more()
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
            "search nobody-at-all");

        Assert.Equal("", run.Errors);
        Assert.Equal(
            $"""
            signed up as {_alice}
            {_bob} (Bob Builder)
            you follow {_bob}
            tip: Say why you write to them and nobody else: name something of theirs that you know.
            tip: End with a question that yes or no cannot answer: how, what, why …
            request to {_bob} (Bob Builder) ✓ sent: Hi Bob, how did you learn to build?
            ! request_pending: Your request to this user has not been answered yet.
            {_bob} (Bob Builder)
            1 follower · 0 following
            you follow them
            [pending] your request waits for an answer · withdraw {_bob}
            request to {_bob} (Bob Builder) withdrawn: Hi Bob, how did you learn to build?
            request to {_bob} (Bob Builder) withdrawn: Hi Bob, how did you learn to build?
            {_bob} (Bob Builder)
            1 follower · 0 following
            you follow them
            [request] request {_bob} TEXT
            you no longer follow {_bob}
            nobody found

            """,
            run.Output);
    }

    [Fact]
    public async Task Settings_decide_who_may_ask_and_what_others_see()
    {
        await RunAsync($"signup {_bob} correct-horse 1990-01-01", "messages following");
        await RunAsync($"signup {_alice} correct-horse 1990-01-01", "messages nobody");

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
    public async Task People_are_blocked_and_reported_and_told_of_neither()
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
            nobody
            you blocked {_bob}
            {_bob}
            {_bob}
            0 followers · 0 following
            you blocked them
            [no messages]
            ! you_blocked_user: You blocked this user. Unblock them first.
            you no longer block {_bob}
            nobody
            you reported {_bob}; they are not told

            """,
            run.Output);

        var wrong = await RunAsync($"signin {_alice} correct-horse", $"report {_bob} ugliness");
        Assert.Equal("! REASON is one of harassment, spam, hate, sexual, minorSafety, other.\n", wrong.Errors);
        Assert.Equal(ExitCode.Usage, wrong.Code);
    }

    [Fact]
    public async Task History_goes_back_a_page_at_a_time()
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
    public async Task With_json_every_line_is_an_object_and_events_are_as_on_the_wire()
    {
        await RunAsync($"signup {_alice} correct-horse 1990-01-01");
        await using var bob = await server.ConnectAsync("bob");
        string[] script = [$"signin {_alice} correct-horse", "wait RequestReceived 60", "-open nobody_at_all", "nonsense"];
        using var process = await ConsoleProcess.StartAsync(string.Join('\n', script), ["--server", $"{server.Address}", "--script", "-", "--json"], TestTimeouts.Token);
        await process.ReadToAsync("{\"text\":\"signed in", TestTimeouts.Token);
        var alice = await bob.Hub.GetProfile(new() { Username = _alice });
        await bob.Hub.SendRequest(new() { RecipientId = alice.UserId, Text = "How are you? 👋", ClientId = UserActions.NewClientId() });

        var run = await process.EndAsync(TestTimeouts.Token);

        Assert.Equal(ExitCode.Usage, run.Code);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal($"signed in as {_alice}", lines[0].GetProperty("text").GetString());
        var received = lines.Single(line => line.TryGetProperty("event", out var name) && name.GetString() == "RequestReceived").GetProperty("content");
        Assert.Equal((1L, bob.Account.Username), (received.GetProperty("version").GetInt64(), received.GetProperty("request").GetProperty("sender").GetProperty("username").GetString()));
        Assert.StartsWith("! user_not_found: ", lines[^1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("! unknown command nonsense: try help", JsonSerializer.Deserialize<JsonElement>(run.Errors).GetProperty("text").GetString());
    }

    private Task<ScriptRun> RunAsync(params string[] lines) => ScriptRun.RunAsync(server.Address, lines);
}
