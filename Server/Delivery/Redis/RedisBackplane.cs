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
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    private readonly string _self = Guid.NewGuid().ToString("N")[..12];
    private readonly ConfigurationOptions _configuration;
    private readonly PresenceTracker _presence;
    private readonly IReadOnlyList<IHubProtocol> _protocols;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Peers _peers;
    private readonly RosterTeller _teller;
    private readonly Receiver _receiver;

    private volatile BackplaneLife? _life;

    public RedisBackplane(
        IOptions<RedisOptions> options, PresenceTracker presence, LocalDelivery local, IHubProtocolResolver protocols,
        TimeProvider time, ILogger<RedisBackplane> log)
    {
        _configuration = options.Value.Read() ?? throw new InvalidOperationException("Redis:Configuration was not validated.");
        (_presence, _protocols, _time, _log) = (presence, protocols.AllProtocols, time, log);
        _peers = new(_self, presence);
        _teller = new(presence, time);
        _receiver = new(_self, _peers, local, _teller, time, log);
        _teller.Told += users => Reached?.Invoke(users);
        _teller.Met += () => Doubtful?.Invoke();
        _receiver.Missed += () => Doubtful?.Invoke();
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

    public void Listen(string topic, Action<IReadOnlyList<string>> listener) => _receiver.Listen(topic, listener);

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
            _teller.TellNobody();
            await Task.Delay(RetryAfter, _time, stoppingToken);
        }
    }

    private async Task LiveAsync(CancellationToken stoppingToken)
    {
        var connection = await RedisConnection.OpenAsync(_configuration, [RedisNames.Everybody, RedisNames.Instance(_self)], Receive);
        using var life = new BackplaneLife(connection, _self, _peers, _presence, _protocols, _time, _log);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _receiver.Begin();
        _life = life;
        DeliveryLog.BackplaneUp(_log);
        _teller.WantHello();
        try
        {
            var telling = _teller.RunAsync(life, over.Token);
            await life.WatchAsync(_receiver.Forget, _teller.WantHello, stoppingToken);
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

    private void Receive(string channel, byte[] message)
    {
        if (_life is { } life)
            _receiver.Receive(life, channel, message);
    }

    private void OnChanged(UserRef user)
    {
        _teller.Changed(user);
        if (_life is null)
            _teller.TellNobody();
    }
}
