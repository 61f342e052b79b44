using ChatHub.Terminal;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>The story of two strangers, in two console processes on a real server.</summary>
public sealed class StoryTests
{
    private const string Bob =
        """
        signup bob correct-horse 1990-01-01 Bob Builder
        wait RequestReceived 60
        requests
        preview alice
        accept alice
        wait MessageReceived 60
        open alice
        seen
        say Fine, and you?
        wait MessagesSeen 60
        history
        delete alice
        -preview alice
        chats
        """;

    private const string Alice =
        """
        signup alice correct-horse 1990-01-01
        search bo
        -open bob
        request bob Hi Bob, how did you learn to build?
        wait RequestAccepted 60
        open bob
        profile bob
        say How are you?
        wait MessagesSeen 60
        wait MessageReceived 60
        seen
        chats
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Story_of_two_strangers_prints_each_step_once_in_order()
    {
        await using var server = await ServerProcess.StartAsync();
        string[] args = ["--server", $"{server.Address}", "--plain", "--script", "-"];

        using var bob = await ConsoleProcess.StartAsync(Bob, args, Token);
        await bob.ReadToAsync("signed up as bob", Token);
        using var alice = await ConsoleProcess.StartAsync(Alice, args, Token);
        var alicesRun = await alice.EndAsync(Token);
        var bobsRun = await bob.EndAsync(Token);

        Assert.Equal(
            """
            signed up as alice
            bob (Bob Builder)
            ! request_required: Send this user a message request first.
            request to bob (Bob Builder) ✓ sent: Hi Bob, how did you learn to build?
            bob (Bob Builder) accepted your request · open bob
            chat with bob (Bob Builder)
            #1 you: Hi Bob, how did you learn to build? ✓✓ seen
            bob (Bob Builder)
            0 followers · 0 following
            online
            [message] open bob
            #2 you: How are you? ✓ sent
            #2 you: How are you? ✓✓ seen
            #3 bob: Fine, and you?
            you have seen up to #3
            bob (Bob Builder) · #3 bob: Fine, and you?

            """,
            alicesRun.Output);
        Assert.Equal(
            """
            signed up as bob (Bob Builder)
            ● request from alice: Hi Bob, how did you learn to build?
            ● request from alice: Hi Bob, how did you learn to build?
            alice asks: Hi Bob, how did you learn to build?
            they are not notified that you read it · accept alice · delete alice
            you accepted the request from alice · open alice
            ● message from alice: How are you?
            chat with alice
            #1 alice: Hi Bob, how did you learn to build?
            #2 alice: How are you?
            you have seen up to #2
            #3 you: Fine, and you? ✓ sent
            #3 you: Fine, and you? ✓✓ seen
            no earlier messages
            deleted the request from alice
            ! request_not_found: There is no request from alice.
            alice · #3 you: Fine, and you? ✓✓ seen

            """,
            bobsRun.Output);
        Assert.Equal(("", ExitCode.Ok), (alicesRun.Errors, alicesRun.Code));
        Assert.Equal(("", ExitCode.Ok), (bobsRun.Errors, bobsRun.Code));
    }
}
