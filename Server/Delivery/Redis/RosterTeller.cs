using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatHub.Server.Storage;
using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// The one place that tells the other instances who is connected here, one thing after the other: what is told last is
/// how it is.
/// </summary>
internal sealed class RosterTeller(PresenceTracker presence, TimeProvider time)
{
    /// <summary>Users told of in one frame.</summary>
    private const int MostTold = 2_000;

    // Connections that come within this time are told of together: what a crowd costs is bounded by time, not by its size.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    // What is to be told: bounded by this instance's users and by the other instances.
    private readonly ConcurrentDictionary<string, UserRef> _changed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _asking = new(StringComparer.Ordinal);
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _isHelloDue;

    /// <summary>Users with connections here, of whom everybody was told who could be.</summary>
    public event Action<IReadOnlyCollection<string>>? Told;

    /// <summary>The first hello of a life is over.</summary>
    public event Action? Met;

    /// <summary>The user's connections here have changed.</summary>
    public void Changed(UserRef user)
    {
        _changed[user.Id] = user;
        _due.Writer.TryWrite(true);
    }

    /// <summary>A peer wants the whole roster.</summary>
    public void Asked(string peer, long ask)
    {
        _asking[peer] = ask;
        _due.Writer.TryWrite(true);
    }

    /// <summary>All rosters are to be exchanged.</summary>
    public void WantHello()
    {
        _isHelloDue = true;
        _due.Writer.TryWrite(true);
    }

    /// <summary>While nobody can be told.</summary>
    public void TellNobody() => HaveTold(TakeChanged());

    /// <summary>Tells, as long as the life lasts.</summary>
    public async Task RunAsync(BackplaneLife life, CancellationToken cancellation)
    {
        var isFirst = true;
        try
        {
            while (await _due.Reader.ReadAsync(cancellation))
            {
                if (_isHelloDue)
                {
                    _isHelloDue = false;
                    await life.HelloAsync(cancellation);
                    if (isFirst)
                        Met?.Invoke();
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
        await Task.Delay(Gather, time, cancellation);
        foreach (var users in TakeChanged().Chunk(MostTold))
        {
            await life.AnnounceAsync(users, cancellation);
            HaveTold(users);
        }
    }

    private UserConnections[] TakeChanged()
    {
        var taken = new List<UserConnections>();
        foreach (var (id, user) in _changed)
        {
            // Taken before it is counted: a change after that is told of again.
            if (_changed.TryRemove(id, out _))
                taken.Add(new(user, presence.ConnectionsHere(id)));
        }

        return [.. taken];
    }

    private void HaveTold(IReadOnlyCollection<UserConnections> users)
    {
        string[] present = [.. users.Where(entry => entry.Count > 0).Select(entry => entry.User.Id)];
        if (present.Length > 0)
            Told?.Invoke(present);
    }
}
