using System.Text.Json;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// Two applications on the SDK edit, remove and react without a pause while the server is killed: in the end each has every message
/// as the server has it, though none reached it while it was away.
/// </summary>
public sealed class ChangeLossTests
{
    private const int Kills = 3;
    private const int ChangesBetweenKills = 60;
    private const int Messages = 30;

    [Fact]
    public async Task Changes_of_messages_amid_server_kills_reach_both_sides_all_of_them()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var chat = await server.OpenChatAsync();
        await using var alice = await LoadClient.StartAsync(chat.Alice.Account, server.Address);
        await using var bob = await LoadClient.StartAsync(chat.Bob.Account, server.Address);
        LoadClient[] clients = [alice, bob];
        for (var i = 0; i < Messages; i++)
            await (i % 2 == 0 ? chat.Alice : chat.Bob).SayAsync(chat.Id, $"As it was said {i}");
        foreach (var client in clients)
            await client.ReceivedAsync(chat.Id, Messages);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestTimeouts.Token);
        string[] senders = [chat.Alice.Id, chat.Bob.Id];
        var changing = clients.Zip(senders, (client, sender) => ChangeAsync(client, chat.Id, sender, stop.Token)).ToList();
        for (var kills = 0; kills < Kills; kills++)
        {
            var before = alice.Latest(chat.Id).Max(message => message.Change);
            await alice.ChangedAsync(chat.Id, before + ChangesBetweenKills);
            await server.KillAsync();
            await server.RestartAsync();
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(changing), changes => Assert.True(changes > ChangesBetweenKills / 4));
        foreach (var client in clients)
        {
            var stored = await client.Hub.GetMessages(new() { ConversationId = chat.Id, After = 1 });
            await client.ChangedAsync(chat.Id, (await client.Hub.GetConversation(new() { ConversationId = chat.Id })).LastChange);
            Assert.Equal(Json(stored.Items), Json(client.Latest(chat.Id).Where(message => message.Seq > 1)));
            Assert.Contains(stored.Items, message => message.RemovedAt is not null);
            Assert.Contains(stored.Items, message => message.EditedAt is not null);
            Assert.Contains(stored.Items, message => message.Reactions is not null);
        }
    }

    /// <returns>How many changes were answered.</returns>
    private static async Task<int> ChangeAsync(LoadClient client, string id, string self, CancellationToken stop)
    {
        var random = new Random(self[0]);
        for (var changes = 0; ; changes++)
        {
            if (stop.IsCancellationRequested)
                return changes;
            var standing = client.Latest(id).Where(message => message.RemovedAt is null && message.Seq > 1).ToList();
            var own = standing.Where(message => message.SenderId == self).ToList();
            // Some are always left.
            if (changes % 50 == 49 && own.Count > Messages / 4)
                await TryAsync(() => client.Hub.RemoveMessage(new() { ConversationId = id, Seq = own[0].Seq }));
            else if (changes % 2 == 0)
                await TryAsync(() => client.Hub.EditMessage(new() { ConversationId = id, Seq = own[random.Next(own.Count)].Seq, Text = $"Edited {changes}" }));
            else
                await TryAsync(() => client.Hub.React(new() { ConversationId = id, Seq = standing[random.Next(standing.Count)].Seq, Emoji = changes % 4 == 1 ? "👍" : "🎉" }));
        }
    }

    /// <summary>A kill may leave a call without an answer for longer than the SDK waits; a message may have been removed just before.</summary>
    private static async Task TryAsync(Func<Task<MessageChanged>> change)
    {
        try
        {
            await change();
        }
        catch (ChatHubUnreachableException)
        {
        }
        catch (ChatHubException e) when (e.Code is ErrorCodes.InvalidArgument or ErrorCodes.EditClosed)
        {
        }
    }

    private static List<string> Json(IEnumerable<Message> messages) => [.. messages.Select(message => JsonSerializer.Serialize(message, ContractJson.Default.Message))];
}
