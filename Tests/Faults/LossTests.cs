using System.Diagnostics;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Two applications on the SDK talk without a pause while the server is killed, or the network fails: each sees every
/// message once and in order, and every message that was handed to an outbox arrives once.
/// </summary>
public sealed class LossTests
{
    private const int Kills = 20;
    private const int NetworkFaults = 24;

    // A busy machine takes seconds to start a server: then the suite is content with fewer faults. CHATHUB_TEST_FULL=1 is not.
    private static readonly TimeSpan Enough =
        Environment.GetEnvironmentVariable("CHATHUB_TEST_FULL") == "1" ? TimeSpan.MaxValue : TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_server_is_killed_and_restarted_again_and_again()
    {
        await using var server = await ServerProcess.StartAsync();
        var pair = await PairAsync(server);
        await using var alice = await Talker.StartAsync(pair.Alice, server.Address);
        await using var bob = await Talker.StartAsync(pair.Bob, server.Address);
        await using var talk = new Talk(pair.ChatId, alice, bob);

        var clock = Stopwatch.StartNew();
        var kills = 0;
        for (; kills < Kills && clock.Elapsed < Enough; kills++)
        {
            await talk.GoOnAsync();
            await server.KillAsync();
            await server.RestartAsync();
        }

        await talk.EndAsync();
        TestContext.Current.SendDiagnosticMessage($"{kills} kills");
    }

    [Fact]
    public async Task Connections_are_cut_stalled_and_half_closed()
    {
        await using var server = await ServerProcess.StartAsync();
        var pair = await PairAsync(server);
        await using var proxy = new TcpProxy(server.Address);
        await using var alice = await Talker.StartAsync(pair.Alice, proxy.Address);
        await using var bob = await Talker.StartAsync(pair.Bob, proxy.Address);
        await using var talk = new Talk(pair.ChatId, alice, bob);

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < NetworkFaults && clock.Elapsed < Enough; i++)
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
                    await Task.Delay(TimeSpan.FromMilliseconds(200), Patience.Token);
                    if (i % 8 == 7)
                        proxy.Cut();
                    proxy.Resume();
                    break;
            }
        }

        await talk.EndAsync();
    }

    private static async Task<(Account Alice, Account Bob, string ChatId)> PairAsync(ServerProcess server)
    {
        await using var chat = await server.ChatAsync();
        return (chat.Alice.Account, chat.Bob.Account, chat.Id);
    }
}
