using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// The backplane over Redis's channels. Every instance knows who is connected to which (<see cref="Peers"/>), so that an
/// event goes to those alone who hold its user, and to nobody where nobody does. See docs/decisions/0007.
/// </summary>
public sealed class RedisBackplane : BackgroundService, IBackplane
{
    /// <summary>Users told of in one frame.</summary>
    private const int MostTold = 2_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    // Connections that come within this time are told of together: what a crowd costs is bounded by time, not by its size.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private readonly string _self = Guid.NewGuid().ToString("N")[..12];
    private readonly ConfigurationOptions _configuration;
    private readonly PresenceTracker _presence;
    private readonly LocalDelivery _local;
    private readonly IReadOnlyList<IHubProtocol> _protocols;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Peers _peers;
    private readonly Lock _receiving = new();
    private readonly ConcurrentDictionary<string, Action<IReadOnlyList<string>>> _listeners = new(StringComparer.Ordinal);

    // What is to be told of this instance's roster: bounded by its users and by the other instances.
    private readonly ConcurrentDictionary<string, UserRef> _changed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _asking = new(StringComparer.Ordinal);
    private readonly Channel<bool> _roster = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile BackplaneLife? _life;
    private volatile bool _isHelloDue;

    public RedisBackplane(
        IOptions<RedisOptions> options, PresenceTracker presence, LocalDelivery local, IHubProtocolResolver protocols,
        TimeProvider time, ILogger<RedisBackplane> log)
    {
        _configuration = options.Value.Read() ?? throw new InvalidOperationException("Redis:Configuration was not validated.");
        (_presence, _local, _protocols, _time, _log) = (presence, local, protocols.AllProtocols, time, log);
        _peers = new(_self, presence);
        presence.Changed += OnChanged;
    }

    public event Action<IReadOnlyCollection<string>>? Reached;

    public event Action? Doubtful;

    public BackplaneState State => _life is null ? BackplaneState.Down : BackplaneState.Up;

    public void Deliver(UserEvent e) => _life?.Deliver(e);

    public void Send(Audience audience, SerializedHubMessage message) =>
        _life?.Everybody.Add((audience, message, _protocols), Frames.Send);

    public Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation) =>
        _life?.ChangeGroupAsync(connectionId, group, isMember, cancellation) ?? Task.CompletedTask;

    public void Close(string userId) => _life?.Everybody.Add(userId, Frames.Close);

    public void Tell(string topic, params IReadOnlyList<string> values) => _life?.Everybody.Add((topic, values), Frames.Tell);

    public void Listen(string topic, Action<IReadOnlyList<string>> listener) => _listeners[topic] = listener;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isLogged = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LiveAsync(stoppingToken);
                isLogged = false;
            }
            catch (Exception e) when (e is RedisException or TimeoutException or IOException)
            {
                if (!isLogged)
                    DeliveryLog.BackplaneUnreachable(_log, e.Message);
                isLogged = true;
            }

            // Whoever has connected meanwhile is reached as far as can be.
            Reach(TakeChanged());
            await Task.Delay(RetryAfter, _time, stoppingToken);
        }
    }

    private async Task LiveAsync(CancellationToken stoppingToken)
    {
        var connection = await RedisConnection.OpenAsync(_configuration, [RedisNames.Everybody, RedisNames.Instance(_self)], Receive);
        using var life = new BackplaneLife(connection, _self, _peers, _presence, _protocols, _time, _log);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Begin(life);
        try
        {
            var telling = TellRosterAsync(life, over.Token);
            await life.WatchAsync(Forget, WantHello, stoppingToken);
            await over.CancelAsync();
            await telling;
            DeliveryLog.BackplaneDown(_log);
            BackplaneMetrics.Outages.Add(1);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await life.GoodbyeAsync();
        }
        finally
        {
            _life = null;
        }
    }

    private void Begin(BackplaneLife life)
    {
        lock (_receiving)
        {
            foreach (var peer in _peers.All)
            {
                // Nothing could be heard meanwhile: each lease begins anew.
                peer.LastHeard = _time.GetTimestamp();
                peer.IsKnown = false;
                peer.Numbers.Clear();
            }

            _life = life;
        }

        DeliveryLog.BackplaneUp(_log);
        WantHello();
    }

    /// <summary>The one place that tells of this instance's roster, one thing after the other: what is told last is how it is.</summary>
    private async Task TellRosterAsync(BackplaneLife life, CancellationToken cancellation)
    {
        var isFirst = true;
        try
        {
            while (await _roster.Reader.ReadAsync(cancellation))
            {
                if (_isHelloDue)
                {
                    _isHelloDue = false;
                    await life.HelloAsync(cancellation);
                    if (isFirst)
                        Doubtful?.Invoke();
                    isFirst = false;
                }

                foreach (var peer in _asking.Keys)
                {
                    if (_asking.TryRemove(peer, out var ask))
                        await life.AnswerAsync(peer, ask, cancellation);
                }

                await AnnounceAsync(life, cancellation);
            }
        }
        catch (Exception e) when (e is TimeoutException or RedisException or OperationCanceledException or ObjectDisposedException)
        {
            // The next life begins with a hello.
            life.End();
        }
    }

    private async Task AnnounceAsync(BackplaneLife life, CancellationToken cancellation)
    {
        if (_changed.IsEmpty)
            return;
        await Task.Delay(Gather, _time, cancellation);
        foreach (var users in TakeChanged().Chunk(MostTold))
        {
            await life.AnnounceAsync(users, cancellation);
            Reach(users);
        }
    }

    private UserConnections[] TakeChanged()
    {
        var taken = new List<UserConnections>();
        foreach (var (id, user) in _changed)
        {
            // Taken before it is counted: a change after that is told of again.
            if (_changed.TryRemove(id, out _))
                taken.Add(new(user, _presence.ConnectionsHere(id)));
        }

        return [.. taken];
    }

    private void Reach(IReadOnlyCollection<UserConnections> users)
    {
        string[] present = [.. users.Where(entry => entry.Count > 0).Select(entry => entry.User.Id)];
        if (present.Length > 0)
            Reached?.Invoke(present);
    }

    private void OnChanged(UserRef user)
    {
        _changed[user.Id] = user;
        if (_life is null)
            Reach(TakeChanged());
        else
            _roster.Writer.TryWrite(true);
    }

    private void WantHello()
    {
        _isHelloDue = true;
        _roster.Writer.TryWrite(true);
    }

    private void Forget(Peer peer)
    {
        lock (_receiving)
            _peers.Forget(peer);
        DeliveryLog.PeerLost(_log, peer.Id);
        // It may have committed what it did not come to push.
        Doubtful?.Invoke();
    }

    private void Receive(string channel, byte[] message)
    {
        var life = _life;
        if (life is null)
            return;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(message));
            if (reader.ReadByte() != Frames.Format)
                return;
            var (sender, number) = (reader.ReadString(), reader.Read7BitEncodedInt64());
            if (sender == _self)
            {
                if (number == 0)
                    life.Pulse();
                return;
            }

            lock (_receiving)
                Receive(life, _peers.Meet(sender), channel, number, reader, message);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or OverflowException)
        {
            DeliveryLog.BadMessage(_log, e, channel);
        }
    }

    private void Receive(BackplaneLife life, Peer peer, string channel, long number, BinaryReader reader, byte[] message)
    {
        peer.LastHeard = _time.GetTimestamp();
        peer.IsSilent = false;
        if (peer.Numbers.TryGetValue(channel, out var last) && number != last + 1)
        {
            peer.IsKnown = false;
            Doubtful?.Invoke();
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
                _peers.Forget(peer);
                break;
            case FrameKind.Event:
                var (user, version, except) = (reader.ReadString(), reader.Read7BitEncodedInt64(), reader.ReadString());
                _local.Deliver(user, Frames.ReadMessage(reader, message), version > 0 ? version - 1 : null, except.Length > 0 ? except : null);
                break;
            case FrameKind.Send:
                var audience = new Audience((AudienceKind)reader.ReadByte(), Frames.ReadTexts(reader), Frames.ReadTexts(reader));
                _local.Send(audience, Frames.ReadMessage(reader, message));
                break;
            case FrameKind.Group:
                var (ask, connection) = (reader.Read7BitEncodedInt64(), reader.ReadString());
                _local.ChangeGroup(connection, reader.ReadString(), reader.ReadBoolean());
                life.Ack(peer.Id, ask);
                break;
            case FrameKind.Close:
                _local.Close(reader.ReadString());
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
        _peers.Apply(peer, roster);
        if (roster.AsksForYours)
        {
            _asking[peer.Id] = roster.Ask;
            _roster.Writer.TryWrite(true);
        }
        else if (roster.IsWhole)
        {
            life.Answered(roster.Ask, peer.Id);
        }
        else
        {
            life.Ack(peer.Id, roster.Ask);
        }
    }
}
