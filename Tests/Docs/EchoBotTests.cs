using System.Diagnostics;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Docs;

/// <summary>The bot of samples/EchoBot, written from the SDK's README alone, is built with the tests and runs here.</summary>
public sealed class EchoBotTests(SharedServer server)
{
    private const int MostLines = 30;

    [Fact]
    public async Task Echo_bot_accepts_a_request_and_echoes_messages()
    {
        var account = await Account.SignUpAsync(server, "echo");
        await using var alice = await server.ConnectAsync("alice");
        using var bot = Start(account);
        try
        {
            await alice.Hub.SendRequest(new() { RecipientId = account.Id, Text = "Hello, bot?", ClientId = UserActions.NewClientId() });
            // It starts first.
            var accepted = Assert.IsType<RequestAccepted>(await alice.Received.Stored.NextAsync(TestTimeouts.Start));
            Assert.Equal("Hello, bot?", (await EchoAsync(alice)).Text);

            await alice.SayAsync(accepted.Conversation.ConversationId, "Anybody there? 👋");

            Assert.Equal("Anybody there? 👋", (await EchoAsync(alice)).Text);
        }
        finally
        {
            bot.Kill();
        }
    }

    [Fact]
    public void Echo_bot_fits_on_one_screen() => Assert.InRange(File.ReadAllLines(Repository.File("samples", "EchoBot", "Program.cs")).Length, 1, MostLines - 1);

    private static async Task<Message> EchoAsync(Device listener) => (await listener.NextAsync<MessageReceived>()).Message;

    private Process Start(Account account) => Process.Start(
        new ProcessStartInfo("dotnet", [BuiltProgram.PathOf("samples/EchoBot", "EchoBot"), $"{server.Address}", account.Username, Account.Password]))!;
}
