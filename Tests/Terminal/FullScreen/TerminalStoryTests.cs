using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Terminal.FullScreen;

/// <summary>Two users at two real terminals.</summary>
public sealed class TerminalStoryTests(SharedServer server)
{
    private const string Blue = "\e[94m";
    private const string Green = "\e[92m";
    private const string Red = "\e[91m";

    [Fact]
    public async Task Story_of_two_strangers_shows_dot_preview_chat_and_marks()
    {
        Assert.SkipUnless(Tmux.IsInstalled, "tmux is not installed.");
        var (anna, ben) = (Account.UniqueName("anna"), Account.UniqueName("ben"));
        await using var annas = await Tmux.StartAsync(server.Address);
        await using var bens = await Tmux.StartAsync(server.Address);

        // Both sign up; the password is not on the screen.
        await annas.SeeAsync("signin NAME PASSWORD");
        await annas.PressAsync("signup ", $"{anna} ", "correct-horse");
        Assert.DoesNotContain("correct", await annas.SeeAsync("•••••"), StringComparison.Ordinal);
        await annas.EnterAsync(" 1990-01-01");
        await annas.SeeAsync("connected");
        await bens.SeeAsync("signin NAME PASSWORD");
        await bens.EnterAsync($"signup {ben} correct-horse 1990-01-01");
        await bens.SeeAsync("connected");

        // An introduction, with advice while it is written.
        await annas.PressAsync("-l", $"request {ben} hi");
        await annas.SeeAsync("tip:");
        await annas.EnterAsync(" Ben, how did you learn to juggle?");
        await annas.SeeAsync("✓ sent: hi Ben, how did you learn");

        // The red dot, the preview, the acceptance.
        Assert.Contains($"{Red}●", await bens.SeeAsync("Requests (1)", colors: true), StringComparison.Ordinal);
        await bens.EnterAsync($"preview {anna}");
        await bens.SeeAsync("asks: hi Ben");
        await bens.EnterAsync($"accept {anna}");
        await bens.SeeAsync("you accepted the request");
        await bens.EnterAsync($"open {anna}");
        await bens.SeeAsync($"chat with {anna}");

        // Blue while she is away; green, in place, when she has seen it.
        await bens.EnterAsync("By dropping \u202ethings");
        Assert.Contains(Blue, Row(await bens.SeeAsync("✓ sent", colors: true), "dropping"), StringComparison.Ordinal);
        await annas.EnterAsync($"open {ben}");
        await annas.SeeAsync("By dropping �things");
        Assert.Contains(Green, Row(await bens.SeeAsync("✓✓ seen", colors: true), "dropping"), StringComparison.Ordinal);

        // Typing, presence, wide characters, and a narrower terminal.
        await bens.SeeAsync("· online");
        await annas.PressAsync("-l", "你好");
        await bens.SeeAsync($"{anna} is typing…");
        await annas.EnterAsync(" שלום");
        await bens.SeeAsync("你好 \u2068שלום\u2069");
        await bens.ResizeAsync(40, 12);
        await bens.SeeAsync("你好 \u2068שלום\u2069");

        // Tab completes commands and names; the session is stored in a private file.
        await annas.PressAsync("Escape");
        await annas.SeeAsync("Requests (");
        await annas.PressAsync("-l", "prof");
        await annas.PressAsync("Tab");
        await annas.PressAsync("-l", ben[..4]);
        await annas.PressAsync("Tab", "Enter");
        await annas.SeeAsync("[message]");
        var saved = Directory.GetFiles(annas.Configuration, "session.json", SearchOption.AllDirectories).Single();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(saved));
    }

    [Fact]
    public async Task Message_written_offline_is_sent_once_after_the_server_restarts()
    {
        Assert.SkipUnless(Tmux.IsInstalled, "tmux is not installed.");
        await using var own = await ServerProcess.StartAsync();
        await using var terminal = await Tmux.StartAsync(own.Address, arguments: "--no-color");
        await terminal.SeeAsync("signin NAME PASSWORD");
        await terminal.EnterAsync("signup alice correct-horse 1990-01-01");
        await terminal.SeeAsync("connected");
        var bob = await own.ConnectAsync("bob");
        var alice = await bob.Hub.GetProfile(new() { Username = "alice" });
        await bob.Hub.SendRequest(new() { RecipientId = alice.UserId, Text = "Hello?", ClientId = "hello" });
        await terminal.EnterAsync($"accept {bob.Account.Username}");
        await terminal.SeeAsync("you accepted the request");
        await terminal.EnterAsync($"open {bob.Account.Username}");
        await terminal.SeeAsync("chat with");
        await bob.DisposeAsync();

        await own.KillAsync();
        await terminal.SeeAsync("offline, trying again");
        await terminal.EnterAsync("written offline");
        await terminal.SeeAsync("written offline … waiting");
        await own.RestartAsync();

        Assert.DoesNotContain("\e[9", await terminal.SeeAsync("written offline ✓ sent", colors: true), StringComparison.Ordinal);
        await using var again = await bob.Account.ConnectAsync();
        var chats = await again.Hub.ListConversations(new());
        var messages = await again.Hub.GetMessages(new() { ConversationId = chats.Items[0].ConversationId });
        Assert.Equal(["Hello?", "written offline"], messages.Items.Select(message => message.Text));
    }

    private static string Row(string screen, string part) => screen.Split('\n').Single(row => row.Contains(part, StringComparison.Ordinal));
}
