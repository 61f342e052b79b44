using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Two applications on the SDK talk without a pause while the server is killed, or the network fails: each sees every
/// message once and in order, and every message that was handed to an outbox arrives once.
/// </summary>
public sealed class LossTests
{
    private const int Kills = 6;
    private const int NetworkFaults = 8;

    [Fact]
    public async Task Repeated_server_kills_lose_and_duplicate_nothing()
    {
        await using var server = await ServerProcess.StartAsync();
        var pair = await PairAsync(server);
        await using var alice = await LoadClient.StartAsync(pair.Alice, server.Address);
        await using var bob = await LoadClient.StartAsync(pair.Bob, server.Address);
        await using var talk = new ChatLoad(pair.ChatId, alice, bob);

        for (var kills = 0; kills < Kills; kills++)
        {
            await talk.GoOnAsync();
            await server.KillAsync();
            await server.RestartAsync();
        }

        await talk.EndAsync();
        await AssertStoredAsync(pair.Alice, talk);
    }

    [Fact]
    public async Task Cut_stalled_and_half_closed_connections_lose_and_duplicate_nothing()
    {
        await using var server = await ServerProcess.StartAsync();
        var pair = await PairAsync(server);
        await using var proxy = new TcpProxy(server.Address);
        await using var alice = await LoadClient.StartAsync(pair.Alice, proxy.Address);
        await using var bob = await LoadClient.StartAsync(pair.Bob, proxy.Address);
        await using var talk = new ChatLoad(pair.ChatId, alice, bob);

        var broken = 0;
        for (var i = 0; i < NetworkFaults; i++)
        {
            await talk.GoOnAsync();
            switch (i % 4)
            {
                case 0:
                    proxy.Cut();
                    break;
                case 1:
                    proxy.HalfClose(towardsClient: true);
                    break;
                case 2:
                    proxy.HalfClose(towardsClient: false);
                    break;
                default:
                    // Stalled, half of the time to be cut in the end.
                    proxy.Stall();
                    await Task.Delay(TimeSpan.FromMilliseconds(200), TestTimeouts.Token);
                    if (i % 8 == 7)
                        proxy.Cut();
                    proxy.Resume();
                    break;
            }

            broken += i % 4 == 3 && i % 8 != 7 ? 0 : 1;
        }

        await talk.EndAsync();
        await AssertStoredAsync(pair.Alice, talk);

        // Both had to come back after each fault that breaks a connection, or nothing was proved.
        Assert.InRange(proxy.Accepted, 2 + (2 * broken), int.MaxValue);
    }

    /// <summary>The server has exactly what was said, and the request's text.</summary>
    private static async Task AssertStoredAsync(Account account, ChatLoad talk)
    {
        await using var device = await account.ConnectAsync();
        var chat = await device.Hub.GetConversation(new() { ConversationId = talk.Id });
        Assert.Equal(talk.Said + 1, chat.LastSeq);
    }

    private static async Task<(Account Alice, Account Bob, string ChatId)> PairAsync(ServerProcess server)
    {
        await using var chat = await server.OpenChatAsync();
        return (chat.Alice.Account, chat.Bob.Account, chat.Id);
    }
}
