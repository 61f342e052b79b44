using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>The story once more, told by other programs against the real server process.</summary>
public sealed class ProgramTests(SharedServer server)
{
    [Fact]
    public async Task The_official_javascript_client_tells_the_story()
    {
        Assert.SkipUnless(
            Directory.Exists(Repository.File("Tests", "JavaScript", "node_modules")), "npm ci was not run in Tests/JavaScript (test.sh does).");

        await using var node = ChildProcess.Start("node", Repository.File("Tests", "JavaScript", "story.mjs"), $"{server.Address}");

        Assert.EndsWith("story told", await node.SucceedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_console_programs_tell_the_story()
    {
        var (alice, bob) = (Account.UniqueName("alice"), Account.UniqueName("bob"));
        await using var bobs = StartConsole();
        await bobs.WriteAsync($"""
            signup {bob} bobs-password 1990-05-17 Bob
            wait RequestReceived 30
            preview {alice}
            accept {alice}
            open {alice}
            wait MessageReceived 30
            seen
            say Afloat, and how are you?
            wait MessagesSeen 30
            quit
            """);
        await bobs.Log.FirstAsync("signed up as").SoonAsync();

        await using var alices = StartConsole();
        await alices.WriteAsync($"""
            signup {alice} alices-password 1990-05-17 Alice
            request {bob} Hello Bob, how is the boat?
            wait RequestAccepted 30
            open {bob}
            say Is she afloat again?
            wait MessagesSeen 30
            wait MessageReceived 30
            seen
            quit
            """);

        var (aliceSaw, bobSaw) = (await alices.SucceedAsync(), await bobs.SucceedAsync());
        Assert.Contains("Hello Bob, how is the boat?", bobSaw, StringComparison.Ordinal);
        Assert.Contains("Is she afloat again? ✓ sent", aliceSaw, StringComparison.Ordinal);
        Assert.Contains("Is she afloat again?", bobSaw, StringComparison.Ordinal);
        Assert.Contains("Afloat, and how are you?", aliceSaw, StringComparison.Ordinal);
    }

    private ChildProcess StartConsole() => ChildProcess.Start(
        "dotnet", Path.Combine(AppContext.BaseDirectory, "chathub.dll"), "--server", $"{server.Address}", "--plain", "--script", "-");
}
