using ChatHub.Contracts;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Model;

/// <summary>Makes a command of an operation: picks its user, request or chat from what exists in the model.</summary>
internal static class CommandFactory
{
    private const string UnknownId = "unknown";

    /// <summary>Null if its caller was erased.</summary>
    public static Command? Create(World world, Operation op, string newClientId)
    {
        var actor = world.Users[op.Actor % world.Users.Count];
        var target = world.Users[op.Target % world.Users.Count];
        if (op.Kind is Kind.Ban or Kind.Lift or Kind.Directory or Kind.Erase)
            return OperatorCommands.Make(world, op, target);
        if (actor.IsRemoved)
            return null;

        // Mostly other people: oneself is refused, and so are ids that never were.
        if (target == actor && op.Vary % 10 != 0)
            target = world.Users[(target.Index + 1) % world.Users.Count];
        var user = new UserInput { UserId = op.Vary % 50 == 49 ? UnknownId : target.Id };
        var a = actor.Index;
        return op.Kind switch
        {
            Kind.Settings => Command.Hub(a, Settings(op), (w, u, i) => w.UpdateSettings(u, i), (h, i) => h.UpdateSettings(i)),
            Kind.Profile => Command.Hub(a, Profile(op), (w, u, i) => w.UpdateProfile(u, i), (h, i) => h.UpdateProfile(i)),
            Kind.Follow => Command.Hub(a, user, (w, u, i) => w.Follow(u, i), (h, i) => h.Follow(i)),
            Kind.Unfollow => Command.Hub(a, user, (w, u, i) => w.Unfollow(u, i), (h, i) => h.Unfollow(i)),
            Kind.Block => Command.Hub(a, user, (w, u, i) => w.Block(u, i), (h, i) => h.Block(i)),
            Kind.Unblock => Command.Hub(a, user, (w, u, i) => w.Unblock(u, i), (h, i) => h.Unblock(i)),
            Kind.Open => Command.Hub(a, user, (w, u, i) => w.OpenConversation(u, i), (h, i) => h.OpenConversation(i)),
            Kind.SendRequest => SendRequest(a, new() { RecipientId = user.UserId, Text = Text(op.Pick), ClientId = newClientId }),
            Kind.Say => Say(a, Message(world, actor, op, newClientId)),
            Kind.Repeat => Repeat(world, actor, op),
            Kind.See => Command.Hub(a, Mark(world, actor, op), (w, u, i) => w.MarkSeen(u, i), (h, i) => h.MarkSeen(i)),
            Kind.Edit => Command.Hub(a, Edit(world, actor, op), (w, u, i) => w.EditMessage(u, i), (h, i) => h.EditMessage(i)),
            Kind.Remove => Command.Hub(a, Removal(world, actor, op), (w, u, i) => w.RemoveMessage(u, i), (h, i) => h.RemoveMessage(i)),
            Kind.React => Command.Hub(a, Reaction(world, actor, op), (w, u, i) => w.React(u, i), (h, i) => h.React(i)),
            Kind.View => Command.Hub(a, View(world, actor, op), (w, u, i) => w.UpdateConversation(u, i), (h, i) => h.UpdateConversation(i)),
            Kind.Clear => Command.Hub(a, Clearing(world, actor, op), (w, u, i) => w.ClearConversation(u, i), (h, i) => h.ClearConversation(i)),
            Kind.Report => Report(a, new() { UserId = user.UserId, Reason = (ReportReason)(op.Pick % 3), Block = op.Vary % 3 == 0 ? true : null }),
            Kind.DeleteMany => Command.Hub(a, Many(world, actor, op), (w, u, i) => w.DeleteRequests(u, i), (h, i) => h.DeleteRequests(i)),
            _ => OnRequest(op, a, new() { RequestId = Request(world, actor, op) }),
        };
    }

    public static Command SendRequest(int caller, SendRequestInput input) =>
        Command.Hub(caller, input, (w, u, i) => w.SendRequest(u, i), (h, i) => h.SendRequest(i));

    public static Command Say(int caller, SendMessageInput input) =>
        Command.Hub(caller, input, (w, u, i) => w.SendMessage(u, i), (h, i) => h.SendMessage(i));

    public static Command Report(int caller, ReportInput input) =>
        Command.Hub(caller, input, (w, u, i) => w.Report(u, i), (h, i) => h.Report(i));

    private static Command OnRequest(Operation op, int a, RequestInput input) => op.Kind switch
    {
        Kind.GetRequest => Command.Hub(a, input, (w, u, i) => w.GetRequest(u, i), (h, i) => h.GetRequest(i)),
        Kind.Accept => Command.Hub(a, input, (w, u, i) => w.AcceptRequest(u, i), (h, i) => h.AcceptRequest(i)),
        Kind.Restore => Command.Hub(a, input, (w, u, i) => w.RestoreRequest(u, i), (h, i) => h.RestoreRequest(i)),
        Kind.Delete => Command.Hub(a, input, (w, u, i) => w.DeleteRequest(u, i), (h, i) => h.DeleteRequest(i)),
        _ => Command.Hub(a, input, (w, u, i) => w.WithdrawRequest(u, i), (h, i) => h.WithdrawRequest(i)),
    };

    /// <summary>A clientId again: with the same content (spaces around it do not count), another text, target or method.</summary>
    private static Command Repeat(World world, ModelUser actor, Operation op)
    {
        var keys = actor.Keys.Where(key => key.Value.UsedAt + TimeSpan.FromDays(1) > world.Now).ToList();
        if (keys.Count == 0)
            return SendRequest(actor.Index, new() { RecipientId = UnknownId, Text = "Hello?", ClientId = "c" });

        var (clientId, key) = keys[^(1 + (op.Pick % Math.Min(keys.Count, 8)))];
        var (recipient, chat) = (key.Request?.Recipient.Id ?? UnknownId, key.Message?.Chat.Id ?? UnknownId);
        var (text, replyTo) = (key.Text, key.Message?.ReplyToSeq);
        var isRequest = key.Request is not null;
        switch (op.Vary % 8)
        {
            case 0:
                text += "!";
                break;
            case 1:
                isRequest = !isRequest;
                break;
            case 2:
                recipient = chat = world.Users[op.Target % world.Users.Count].Id;
                break;
            case 3:
                text = $" {text}\n";
                break;
            case 4:
                replyTo = replyTo is null ? 1 : null;
                break;
        }

        return isRequest
            ? SendRequest(actor.Index, new() { RecipientId = recipient, Text = text, ClientId = clientId })
            : Say(actor.Index, new() { ConversationId = chat, Text = text, ClientId = clientId, ReplyToSeq = replyTo });
    }

    private static UpdateSettingsInput Settings(Operation op) => (op.Vary % 11) switch
    {
        8 => new() { HiddenWords = (op.Pick % 4) switch { 0 => [], 1 => ["text"], 2 => ["2", "2 "], _ => [""] } },
        9 => new() { MinAccountAgeDays = (op.Pick % 4) switch { 0 => 1, 1 => 20, 2 => 0, _ => 366 } },
        10 => new() { PushContent = (PushContent)(op.Pick % 3) },
        0 => new() { SendSeenReceipts = false },
        1 => new() { SendSeenReceipts = true },
        2 => new() { ShowPresence = op.Pick % 2 == 0 },
        3 => new() { MessagingPolicy = MessagingPolicy.Nobody },
        4 => new() { MessagingPolicy = MessagingPolicy.Following, SendSeenReceipts = op.Pick % 2 == 0 },
        _ => new() { MessagingPolicy = MessagingPolicy.Everyone },
    };

    private static UpdateProfileInput Profile(Operation op) => (op.Vary % 6) switch
    {
        0 => new() { DisplayName = "" },
        1 => new() { Bio = op.Pick % 2 == 0 ? "" : "  Boats.  " },
        2 => new() { Bio = new('b', 161) },
        _ => new() { DisplayName = $"Name {op.Pick % 3}", Bio = "Boats." },
    };

    private static string Text(int pick) => (pick % 40) switch
    {
        38 => "  ",
        39 => new('t', 501),
        var other => $"Text {other % 3}{(other % 5 == 0 ? "  " : "")}",
    };

    private static SendMessageInput Message(World world, ModelUser actor, Operation op, string clientId)
    {
        var id = Chat(world, actor, op);
        return new() { ConversationId = id, Text = Text(op.Target), ClientId = clientId, ReplyToSeq = op.Vary % 5 == 0 ? Seq(world, id, null, op) : null };
    }

    private static EditMessageInput Edit(World world, ModelUser actor, Operation op)
    {
        var id = Chat(world, actor, op);
        return new() { ConversationId = id, Seq = Seq(world, id, actor, op), Text = Text(op.Target) };
    }

    private static RemoveMessageInput Removal(World world, ModelUser actor, Operation op)
    {
        var id = Chat(world, actor, op);
        return new() { ConversationId = id, Seq = Seq(world, id, actor, op) };
    }

    private static ReactInput Reaction(World world, ModelUser actor, Operation op)
    {
        var id = Chat(world, actor, op);
        var emoji = (op.Target % 9) switch { 0 => "x", <= 2 => null, <= 4 => "👩🏽‍🚀", <= 6 => "❤️", _ => "👍" };
        return new() { ConversationId = id, Seq = Seq(world, id, op.Vary % 2 == 0 ? actor : null, op), Emoji = emoji };
    }

    private static UpdateConversationInput View(World world, ModelUser actor, Operation op)
    {
        var input = new UpdateConversationInput { ConversationId = Chat(world, actor, op) };
        return (op.Vary % 9) switch
        {
            0 => input with { SendSeenReceipts = ReceiptSetting.On },
            1 => input with { SendSeenReceipts = ReceiptSetting.Off },
            2 => input with { SendSeenReceipts = ReceiptSetting.Default },
            3 => input with { MutedUntil = world.Now + TimeSpan.FromMinutes(op.Target) },
            4 => input with { MutedUntil = world.Now - TimeSpan.FromMinutes(op.Target), IsArchived = true },
            5 => input with { IsArchived = op.Target % 3 > 0 },
            6 => input with { IsPinned = op.Target % 3 > 0 },
            7 => input with { IsPinned = true, IsArchived = op.Target % 2 == 0, MutedUntil = DateTimeOffset.MaxValue.AddDays(-1) },
            _ => input,
        };
    }

    private static ClearConversationInput Clearing(World world, ModelUser actor, Operation op)
    {
        var id = Chat(world, actor, op);
        return new() { ConversationId = id, UpToSeq = Seq(world, id, null, op) };
    }

    // Mostly one of the latest, of a user's own where one is named; now and then 0, the other's, and what is not there.
    private static long Seq(World world, string chat, ModelUser? sender, Operation op)
    {
        var all = world.Chats.Find(c => c.Id == chat)?.Messages ?? [];
        var fits = op.Pick % 7 == 0 ? all : [.. all.Where(m => sender is null || m.Sender == sender)];
        return (op.Vary / 10 % 12) switch
        {
            0 => all.Count + 1,
            1 => 0,
            _ when fits.Count == 0 => 1,
            < 9 => fits[^(1 + (op.Target % Math.Min(fits.Count, 3)))].Seq,
            _ => fits[op.Target % fits.Count].Seq,
        };
    }

    private static MarkSeenInput Mark(World world, ModelUser actor, Operation op)
    {
        var id = Chat(world, actor, op);
        var last = world.Chats.Find(c => c.Id == id)?.Messages.Count ?? 1;
        // Mostly all of it; now and then less, nothing, and what is not there.
        return new() { ConversationId = id, Seq = (op.Vary % 10) switch { 0 => last + 1, 1 => 0, < 5 => op.Target % (last + 1), _ => last } };
    }

    // Several of anybody's, or a folder of the actor's.
    private static DeleteRequestsInput Many(World world, ModelUser actor, Operation op) => (op.Vary % 3) switch
    {
        0 => new() { RequestIds = [UnknownId, .. world.Requests.TakeLast(op.Target % 8).Select(r => r.Id)] },
        1 => new() { Folder = RequestFolder.Main, UpToRequestId = Request(world, actor, op) },
        _ => new() { Folder = RequestFolder.Filtered, UpToRequestId = Request(world, actor, op) },
    };

    // Of one's own, the latest most often; one in sixteen is anybody's.
    private static string Chat(World world, ModelUser actor, Operation op) =>
        Latest([.. world.Chats.Where(c => op.Pick % 16 == 15 || (c.Has(actor) && c.Of(actor).IsVisible))], op)?.Id ?? UnknownId;

    private static string Request(World world, ModelUser actor, Operation op)
    {
        var fits = world.Requests.Where(r => op.Pick % 16 == 15 || (op.Kind == Kind.Withdraw ? r.Sender == actor : r.Recipient == actor));
        // Two in three of what still waits.
        var open = op.Target % 3 != 0 ? fits.Where(r => r.State == RequestState.Pending).ToList() : [];
        return Latest(open.Count > 0 ? open : [.. fits], op)?.Id ?? UnknownId;
    }

    private static T? Latest<T>(List<T> all, Operation op)
        where T : class =>
        all.Count == 0 ? null : all[^(1 + (op.Pick / 16 % Math.Min(all.Count, 4)))];
}
