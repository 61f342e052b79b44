using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.WebSdk;

/// <summary>The web SDK (Client.Web/client): its own tests, and its package in Node.js against real server processes.</summary>
public sealed partial class WebSdkTests(SharedServer server, PackedWebSdk sdk)
{
    private const int MaxBotLines = 30;

    private const string Bot = "samples/echo-bot.mjs";

    [Fact]
    public async Task Own_tests_of_the_SDK_pass()
    {
        var output = await PackedWebSdk.NpmAsync("test", "--workspace", "client");

        Assert.Matches(PassedTests(), Colors().Replace(output, ""));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Two_users_lose_and_double_nothing_when_the_server_is_killed(string protocol)
    {
        await using var own = await ServerProcess.StartAsync();
        using var story = await sdk.StartAsync("test/server/story.mjs", $"{own.Address}", protocol);

        await story.SaysAsync("talking");
        await own.KillAsync();
        await story.SaysAsync("offline");
        await own.RestartAsync();

        await story.SaysAsync("nothing lost or doubled");
        await story.EndsAsync();
    }

    [Fact]
    public async Task Echo_bot_accepts_a_request_and_echoes_messages()
    {
        var account = await Account.SignUpAsync(server, "echo");
        await using var alice = await server.ConnectAsync("alice");
        using var bot = await sdk.StartAsync(Bot, $"{server.Address}", account.Username, Account.Password);

        await alice.Hub.SendRequest(new() { RecipientId = account.Id, Text = "Hello, bot?", ClientId = UserActions.NewClientId() });
        // It starts first.
        var accepted = Assert.IsType<RequestAccepted>(await alice.Received.Stored.NextAsync(TestTimeouts.Start));
        Assert.Equal("Hello, bot?", (await alice.NextAsync<MessageReceived>()).Message.Text);
        await alice.SayAsync(accepted.Conversation.ConversationId, "Anybody there? 👋");

        Assert.Equal("Anybody there? 👋", (await alice.NextAsync<MessageReceived>()).Message.Text);
    }

    [Fact]
    public void Echo_bot_fits_on_one_screen_and_is_the_one_in_the_README()
    {
        var bot = File.ReadAllLines(Repository.File("Client.Web", "client", Bot));

        Assert.InRange(bot.Length, 1, MaxBotLines - 1);
        Assert.Contains(string.Join('\n', bot), File.ReadAllText(Repository.File("Client.Web", "client", "README.md")), StringComparison.Ordinal);
    }

    // Vitest's summary.
    [GeneratedRegex(@"Tests\s+\d+ passed \(\d+\)")]
    private static partial Regex PassedTests();

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colors();
}
