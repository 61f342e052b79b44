using System.Collections.Concurrent;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>Does here what other instances publish, one message after the other, and notices when one is missing.</summary>
internal sealed class Receiver(string self, Peers peers, LocalDelivery local, RosterTeller teller, TimeProvider time, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Action<IReadOnlyList<string>>> _listeners = new(StringComparer.Ordinal);

    /// <summary>Events may have been missed.</summary>
    public event Action? Missed;

    public void Listen(string topic, Action<IReadOnlyList<string>> listener) => _listeners[topic] = listener;

    /// <summary>A life begins: nothing could be heard meanwhile.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            foreach (var peer in peers.All)
            {
                // Each lease begins anew.
                peer.LastHeard = time.GetTimestamp();
                peer.IsKnown = false;
                peer.Numbers.Clear();
            }
        }
    }

    /// <summary>A peer's lease is over.</summary>
    public void Forget(Peer peer)
    {
        lock (_gate)
            peers.Forget(peer);
        DeliveryLog.PeerLost(log, peer.Id);
        // It may have committed what it did not come to push.
        Missed?.Invoke();
    }

    public void Receive(BackplaneLife life, string channel, byte[] message)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(message));
            if (reader.ReadByte() != Frames.Format)
                return;
            var (sender, number) = (reader.ReadString(), reader.Read7BitEncodedInt64());
            if (sender == self)
            {
                if (number == 0)
                    life.Pulse();
                return;
            }

            lock (_gate)
                Receive(life, peers.Meet(sender), channel, number, reader, message);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or OverflowException)
        {
            DeliveryLog.BadMessage(log, e, channel);
        }
    }

    private void Receive(BackplaneLife life, Peer peer, string channel, long number, BinaryReader reader, byte[] message)
    {
        peer.LastHeard = time.GetTimestamp();
        peer.IsSilent = false;
        if (peer.Numbers.TryGetValue(channel, out var last) && number != last + 1)
        {
            peer.IsKnown = false;
            Missed?.Invoke();
        }

        peer.Numbers[channel] = number;
        while (reader.BaseStream.Position < message.Length)
            Receive(life, peer, (FrameKind)reader.ReadByte(), reader, message);
        if (!peer.IsKnown)
            life.Doubt();
    }

    private void Receive(BackplaneLife life, Peer peer, FrameKind kind, BinaryReader reader, byte[] message)
    {
        switch (kind)
        {
            case FrameKind.Roster:
                Learn(life, peer, Frames.ReadRoster(reader));
                break;
            case FrameKind.Ack:
                life.Answered(reader.Read7BitEncodedInt64(), peer.Id);
                break;
            case FrameKind.Beat:
                break;
            case FrameKind.Bye:
                peers.Forget(peer);
                break;
            case FrameKind.Event:
                var (user, version, except) = (reader.ReadString(), reader.Read7BitEncodedInt64(), reader.ReadString());
                local.Deliver(user, Frames.ReadMessage(reader, message), version > 0 ? version - 1 : null, except.Length > 0 ? except : null);
                break;
            case FrameKind.Send:
                var audience = new Audience((AudienceKind)reader.ReadByte(), Frames.ReadTexts(reader), Frames.ReadTexts(reader));
                local.Send(audience, Frames.ReadMessage(reader, message));
                break;
            case FrameKind.Group:
                var (ask, connection) = (reader.Read7BitEncodedInt64(), reader.ReadString());
                local.ChangeGroup(connection, reader.ReadString(), reader.ReadBoolean());
                life.Ack(peer.Id, ask);
                break;
            case FrameKind.Close:
                local.Close(reader.ReadString());
                break;
            case FrameKind.Tell:
                var (topic, values) = (reader.ReadString(), Frames.ReadTexts(reader));
                if (_listeners.TryGetValue(topic, out var listener))
                    listener(values);
                break;
            default:
                throw new FormatException($"There is no frame {kind}.");
        }
    }

    private void Learn(BackplaneLife life, Peer peer, Roster roster)
    {
        peers.Apply(peer, roster);
        if (roster.AsksForYours)
            teller.Asked(peer.Id, roster.Ask);
        else if (roster.IsWhole)
            life.Answered(roster.Ask, peer.Id);
        else
            life.Ack(peer.Id, roster.Ask);
    }
}
