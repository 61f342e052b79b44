using ChatHub.Contracts;
using ChatHub.Tests.Model;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Races;

/// <summary>Two users among those of a system: one who asked, or would, and one who is asked.</summary>
/// <param name="World">What there is before the race.</param>
/// <param name="Asker">Their index.</param>
/// <param name="Asked">Their index.</param>
internal sealed record Pair(World World, int Asker, int Asked)
{
    public ModelUser AskerUser => World.Users[Asker];
    public ModelUser AskedUser => World.Users[Asked];

    /// <summary>The same two, each in the other's place: what one did then meets what the other does.</summary>
    public Pair Swapped => new(World, Asked, Asker);
    private Pair Canonical => World.Requests.Exists(r => r.Sender == AskedUser && r.Recipient == AskerUser) ? Swapped : this;

    public RequestInput Request => new()
    {
        RequestId = World.Requests.FindLast(r => (r.Sender == AskerUser && r.Recipient == AskedUser) || (r.Sender == AskedUser && r.Recipient == AskerUser))?.Id ?? "none",
    };

    public ModelChat? Chat => World.Chats.Find(c => c.Has(AskerUser) && c.Has(AskedUser));

    public int RequestSender => Canonical.Asker;
    public int RequestRecipient => Canonical.Asked;
}

/// <summary>The commands that may meet.</summary>
internal static class RaceCommands
{
    private static int _clientIds;

    /// <summary>Each with a way to make it for a pair; in the swapped pair the other side does it.</summary>
    public static readonly (string Name, Func<Pair, Command> Make)[] All =
    [
        ("request", p => Request(p.Asker, p.AskedUser)),
        ("crossing request", p => Request(p.Asked, p.AskerUser)),
        ("accept", p => Command.Hub(p.RequestRecipient, p.Request, (w, u, i) => w.AcceptRequest(u, i), (h, i) => h.AcceptRequest(i))),
        ("delete", p => Command.Hub(p.RequestRecipient, p.Request, (w, u, i) => w.DeleteRequest(u, i), (h, i) => h.DeleteRequest(i))),
        ("delete many", p => Command.Hub(p.RequestRecipient, new DeleteRequestsInput { RequestIds = [p.Request.RequestId!] }, (w, u, i) => w.DeleteRequests(u, i), (h, i) => h.DeleteRequests(i))),
        ("restore", p => Command.Hub(p.RequestRecipient, p.Request, (w, u, i) => w.RestoreRequest(u, i), (h, i) => h.RestoreRequest(i))),
        ("withdraw", p => Command.Hub(p.RequestSender, p.Request, (w, u, i) => w.WithdrawRequest(u, i), (h, i) => h.WithdrawRequest(i))),
        ("block", p => Block(p.Asked, p.AskerUser)),
        ("report and block", p => CommandFactory.Report(p.Asked, new() { UserId = p.AskerUser.Id, Reason = ReportReason.Spam, Block = true })),
        ("unblock", p => Command.Hub(p.Asked, new UserInput { UserId = p.AskerUser.Id }, (w, u, i) => w.Unblock(u, i), (h, i) => h.Unblock(i))),
        ("settings", p => Settings(p.Asked, MessagingPolicy.Nobody)),
        ("ban", p => OperatorCommands.Ban(p.AskerUser.Id, new() { Hours = 1 })),
        ("erase", p => OperatorCommands.Erase(p.AskerUser)),
        ("send", p => Say(p.Asker, p)),
        ("seen", p => Command.Hub(p.Asked, new MarkSeenInput { ConversationId = p.Chat?.Id ?? "none", Seq = p.Chat?.Messages.Count ?? 1 }, (w, u, i) => w.MarkSeen(u, i), (h, i) => h.MarkSeen(i))),
        ("edit", p => Command.Hub(p.Asker, new EditMessageInput { ConversationId = p.Chat?.Id ?? "none", Seq = LastOf(p), Text = "Edited." }, (w, u, i) => w.EditMessage(u, i), (h, i) => h.EditMessage(i))),
        ("remove", p => Command.Hub(p.Asker, new RemoveMessageInput { ConversationId = p.Chat?.Id ?? "none", Seq = LastOf(p) }, (w, u, i) => w.RemoveMessage(u, i), (h, i) => h.RemoveMessage(i))),
        ("react", p => Command.Hub(p.Asked, new ReactInput { ConversationId = p.Chat?.Id ?? "none", Seq = p.Chat?.Messages.Count ?? 1, Emoji = "👍" }, (w, u, i) => w.React(u, i), (h, i) => h.React(i))),
        ("clear", p => Command.Hub(p.Asked, new ClearConversationInput { ConversationId = p.Chat?.Id ?? "none", UpToSeq = p.Chat?.Messages.Count ?? 1 }, (w, u, i) => w.ClearConversation(u, i), (h, i) => h.ClearConversation(i))),
        ("archive and mute receipts", p => Command.Hub(p.Asked, new UpdateConversationInput { ConversationId = p.Chat?.Id ?? "none", IsArchived = true, SendSeenReceipts = ReceiptSetting.Off }, (w, u, i) => w.UpdateConversation(u, i), (h, i) => h.UpdateConversation(i))),
    ];

    /// <summary>What there is between the two before they race.</summary>
    public static readonly (string Name, Func<Pair, Command>[] Steps)[] Setups =
    [
        ("strangers", []),
        ("asked", [All[0].Make]),
        ("asked and deleted", [All[0].Make, All[3].Make]),
        ("chat", [All[0].Make, All[2].Make, p => Say(p.Asker, p)]),
        ("follower", [p => Follow(p.Asked, p.AskerUser)]),
        ("opened, still empty", [p => Follow(p.Asked, p.AskerUser), p => Open(p.Asker, p.AskedUser)]),
        ("opened beside a request", [p => Follow(p.Asked, p.AskerUser), p => Open(p.Asker, p.AskedUser), p => Request(p.Asked, p.AskerUser)]),
        ("asked, then blocked", [All[0].Make, p => Block(p.Asked, p.AskerUser)]),
        ("chat, blocked", [All[0].Make, All[2].Make, p => Say(p.Asker, p), p => Block(p.Asked, p.AskerUser)]),
    ];

    private static long LastOf(Pair pair) => pair.Chat?.Messages.FindLast(m => m.Sender == pair.AskerUser)?.Seq ?? 1;

    private static Command Request(int caller, ModelUser other) =>
        CommandFactory.SendRequest(caller, new() { RecipientId = other.Id, Text = "Hello?", ClientId = NewClientId() });

    private static Command Say(int caller, Pair pair) =>
        CommandFactory.Say(caller, new() { ConversationId = pair.Chat?.Id ?? "none", Text = "Well?", ClientId = NewClientId() });

    private static Command Block(int caller, ModelUser other) =>
        Command.Hub(caller, new UserInput { UserId = other.Id }, (w, u, i) => w.Block(u, i), (h, i) => h.Block(i));

    private static Command Follow(int caller, ModelUser other) =>
        Command.Hub(caller, new UserInput { UserId = other.Id }, (w, u, i) => w.Follow(u, i), (h, i) => h.Follow(i));

    private static Command Open(int caller, ModelUser other) =>
        Command.Hub(caller, new UserInput { UserId = other.Id }, (w, u, i) => w.OpenConversation(u, i), (h, i) => h.OpenConversation(i));

    private static Command Settings(int caller, MessagingPolicy policy) =>
        Command.Hub(caller, new UpdateSettingsInput { MessagingPolicy = policy }, (w, u, i) => w.UpdateSettings(u, i), (h, i) => h.UpdateSettings(i));

    private static string NewClientId() => $"race{Interlocked.Increment(ref _clientIds)}";
}
