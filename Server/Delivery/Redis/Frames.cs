using ChatHub.Server.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>What a frame says.</summary>
internal enum FrameKind : byte
{
    /// <summary>I am here, and these are the users connected to me: all, or those that changed.</summary>
    Roster = 1,

    /// <summary>What you asked with this number is done.</summary>
    Ack = 2,

    /// <summary>I am still here.</summary>
    Beat = 3,

    /// <summary>I am going.</summary>
    Bye = 4,

    /// <summary>One event for one user.</summary>
    Event = 5,

    /// <summary>One of SignalR's own sends.</summary>
    Send = 6,

    /// <summary>A connection enters or leaves a group.</summary>
    Group = 7,

    /// <summary>A user's connections are to be closed.</summary>
    Close = 8,

    /// <summary>Something of a room's own.</summary>
    Tell = 9,
}

/// <summary>
/// What instances say to each other, in the encoding of <see cref="BinaryWriter"/>: strings with their length, counts and
/// numbers 7 bits a byte. A message is <c>format, sender, number</c> and then frames, each a kind and what is written below.
/// </summary>
internal static class Frames
{
    /// <summary>Another format's messages are passed over, so that instances of two releases can run side by side.</summary>
    public const byte Format = 1;

    public static void Begin(BinaryWriter to, string sender, long number)
    {
        to.Write(Format);
        to.Write(sender);
        to.Write7BitEncodedInt64(number);
    }

    /// <summary><c>ask, flags, (user, key, connections)…</c>; no connections: the user has left.</summary>
    public static void Roster(BinaryWriter to, Roster roster)
    {
        to.Write((byte)FrameKind.Roster);
        to.Write7BitEncodedInt64(roster.Ask);
        to.Write((byte)((roster.IsWhole ? 1 : 0) | (roster.AsksForYours ? 2 : 0) | (roster.IsLeaving ? 4 : 0)));
        to.Write7BitEncodedInt(roster.Users.Count);
        foreach (var (user, connections) in roster.Users)
        {
            to.Write(user.Id);
            to.Write7BitEncodedInt64(user.Key);
            to.Write7BitEncodedInt(connections);
        }
    }

    public static Roster ReadRoster(BinaryReader from)
    {
        var ask = from.Read7BitEncodedInt64();
        var flags = from.ReadByte();
        var users = new UserConnections[from.Read7BitEncodedInt()];
        for (var i = 0; i < users.Length; i++)
        {
            var id = from.ReadString();
            users[i] = new(new UserRef(from.Read7BitEncodedInt64(), id), from.Read7BitEncodedInt());
        }

        return new(ask, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, users);
    }

    /// <summary><c>ask</c></summary>
    public static void Ack(BinaryWriter to, long ask)
    {
        to.Write((byte)FrameKind.Ack);
        to.Write7BitEncodedInt64(ask);
    }

    /// <summary>Nothing more.</summary>
    public static void Sign(BinaryWriter to, FrameKind beatOrBye) => to.Write((byte)beatOrBye);

    /// <summary><c>user, version + 1 or 0, excepted connection or "", message</c></summary>
    public static void Event(BinaryWriter to, (UserEvent Event, IReadOnlyList<IHubProtocol> Protocols) that)
    {
        var e = that.Event;
        to.Write((byte)FrameKind.Event);
        to.Write(e.UserId);
        to.Write7BitEncodedInt64(e.Version + 1 ?? 0);
        to.Write(e.ExceptConnectionId ?? "");
        Message(to, e.Message, that.Protocols);
    }

    /// <summary><c>kind, names, excepted, message</c></summary>
    public static void Send(BinaryWriter to, (Audience Audience, SerializedHubMessage Message, IReadOnlyList<IHubProtocol> Protocols) that)
    {
        to.Write((byte)FrameKind.Send);
        to.Write((byte)that.Audience.Kind);
        Texts(to, that.Audience.Names);
        Texts(to, that.Audience.Except);
        Message(to, that.Message, that.Protocols);
    }

    /// <summary><c>ask, connection, group, is a member</c></summary>
    public static void Group(BinaryWriter to, (long Ask, string Connection, string Group, bool IsMember) that)
    {
        to.Write((byte)FrameKind.Group);
        to.Write7BitEncodedInt64(that.Ask);
        to.Write(that.Connection);
        to.Write(that.Group);
        to.Write(that.IsMember);
    }

    /// <summary><c>user</c></summary>
    public static void Close(BinaryWriter to, string userId)
    {
        to.Write((byte)FrameKind.Close);
        to.Write(userId);
    }

    /// <summary><c>topic, values</c></summary>
    public static void Tell(BinaryWriter to, (string Topic, IReadOnlyList<string> Values) that)
    {
        to.Write((byte)FrameKind.Tell);
        to.Write(that.Topic);
        Texts(to, that.Values);
    }

    public static string[] ReadTexts(BinaryReader from)
    {
        var texts = new string[from.Read7BitEncodedInt()];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = from.ReadString();
        return texts;
    }

    /// <summary><c>count, (protocol, length, bytes)…</c>: ready for the sockets of every protocol, so that no receiver serialises anything.</summary>
    private static void Message(BinaryWriter to, SerializedHubMessage message, IReadOnlyList<IHubProtocol> protocols)
    {
        to.Write7BitEncodedInt(protocols.Count);
        foreach (var protocol in protocols)
        {
            var bytes = message.GetSerializedMessage(protocol).Span;
            to.Write(protocol.Name);
            to.Write7BitEncodedInt(bytes.Length);
            to.Write(bytes);
        }
    }

    /// <param name="from">Reads <paramref name="whole"/>.</param>
    /// <param name="whole">The bytes are not copied out of it.</param>
    public static SerializedHubMessage ReadMessage(BinaryReader from, byte[] whole)
    {
        var forms = new SerializedMessage[from.Read7BitEncodedInt()];
        for (var i = 0; i < forms.Length; i++)
        {
            var protocol = from.ReadString();
            var length = from.Read7BitEncodedInt();
            forms[i] = new(protocol, whole.AsMemory((int)from.BaseStream.Position, length));
            from.BaseStream.Position += length;
        }

        return new(forms);
    }

    private static void Texts(BinaryWriter to, IReadOnlyList<string> texts)
    {
        to.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts)
            to.Write(text);
    }
}

/// <summary>Users connected to the sender.</summary>
/// <param name="Ask">Answered with this number.</param>
/// <param name="IsWhole">All of them; otherwise those that changed.</param>
/// <param name="AsksForYours">The answer is the receiver's own roster.</param>
/// <param name="IsLeaving">The sender gives no more turns of presence.</param>
/// <param name="Users">With how many connections.</param>
internal sealed record Roster(long Ask, bool IsWhole, bool AsksForYours, bool IsLeaving, IReadOnlyList<UserConnections> Users);
