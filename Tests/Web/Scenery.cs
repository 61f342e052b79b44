using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>The people and chats of the screenshots.</summary>
internal sealed class Scenery : IAsyncDisposable
{
    private static readonly (string Name, string Text)[] Others =
    [
        ("Clara Meier", "The proofs are back, and the blue is right this time."),
        ("Davit Kapanadze", "Do you know a printer who still has stone plates?"),
        ("Élodie Faure", "Merci! I have shown it to the whole workshop."),
        ("فاطمة الزهراء", "شكرا جزيلا على الخريطة"),
        ("Grace Adeyemi", "See you at the harbour museum on Friday."),
        ("Ελένη Παππά", "Ευχαριστώ για τον χάρτη του κόλπου!"),
    ];

    private readonly ServerProcess _server;

    private Scenery(ServerProcess server, Account anna, Device annasDevice, Device ben, string chatId) =>
        (_server, Anna, AnnasDevice, Ben, ChatId) = (server, anna, annasDevice, ben, chatId);

    public Account Anna { get; }
    public Device AnnasDevice { get; }
    public Device Ben { get; }
    public string ChatId { get; }

    public static async Task<Scenery> BuildAsync(ServerProcess server)
    {
        var anna = await Account.SignUpAsync(server, "anna");
        var device = await anna.ConnectAsync();
        await device.Hub.UpdateProfile(new() { DisplayName = "Anna Sommer", Bio = "Draws tide maps by hand." });
        foreach (var (name, text) in Others)
            await ChatAsync(server, device, name, text);
        var (ben, id) = await ChatAsync(server, device, "Ben Okafor", "Hi Anna, I read your guide to tide maps. Where do you begin?");
        await device.SayAsync(id, "At the lowest water of the year, with a pencil and boots.");
        await device.SayAsync(id, "The rest is patience.");
        await ben.SayAsync(id, "That explains the boots in the photo.");
        await ben.SayAsync(id, "Would you show me how you ink the depth lines? I am in town until Friday.");
        await ben.SeeAsync(id, 3);
        return new(server, anna, device, ben, id);
    }

    public async Task RequestAsync(string name, string text)
    {
        await using var sender = await PersonAsync(_server, name);
        await sender.FollowAsync(AnnasDevice);
        await sender.RequestAsync(AnnasDevice, text);
    }

    public async Task ReportAsync()
    {
        await using var sender = await PersonAsync(_server, "Prize Center");
        var sent = await sender.RequestAsync(AnnasDevice, "CONGRATULATIONS! You have been chosen. Send your card number to claim your prize: https://prize.example");
        await AnnasDevice.Hub.Report(new() { UserId = sender.Id, Reason = ReportReason.Spam, RequestId = sent.Request.RequestId, Note = "The third of these today." });
    }

    public async Task<Account> ModeratorAsync()
    {
        var account = await Account.SignUpAsync(_server, "moderator_maria");
        var granted = await _server.HttpAsync("PUT", $"/api/directory/users/{account.Id}/roles/moderator", Credentials.Service);
        Assert.Equal(HttpStatusCode.NoContent, granted.Status);
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        await AnnasDevice.DisposeAsync();
        await Ben.DisposeAsync();
    }

    private static async Task<(Device Device, string Id)> ChatAsync(ServerProcess server, Device device, string name, string text)
    {
        var other = await PersonAsync(server, name);
        var sent = await other.RequestAsync(device, text);
        return (other, (await device.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId);
    }

    private static async Task<Device> PersonAsync(ServerProcess server, string name) =>
        await (await Account.BringAsync(server, new() { Username = Account.UniqueName("person"), DisplayName = name, BirthDate = "1990-05-17", IsVerified = false })).ConnectAsync();
}
