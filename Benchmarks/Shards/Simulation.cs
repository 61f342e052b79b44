namespace ChatHub.Benchmarks.Shards;

/// <summary>One run: users write, block and ask while the network and the shards fail; then everything settles and is checked.</summary>
public sealed class Simulation
{
    private const int Shards = 5;
    private const int Users = 12;
    private const int Operations = 400;
    private const int DailyLimit = 6;
    private const double Length = 1_000;
    private const double RetryAfter = 30;
    private const double LongestStop = 60;
    private const int MostStops = 10;

    private readonly Random _random;
    private readonly Network _network;
    private readonly PairState[] _pairs = [.. Enumerable.Range(0, Users * Users).Select(_ => new PairState())];
    private readonly HomeState[] _homes = [.. Enumerable.Range(0, Users).Select(_ => new HomeState())];
    private readonly HashSet<int> _acknowledged = []; // client ids
    private long _refusedMessages;
    private long _refusedRequests;
    private long _stops;
    private int _lastId;

    public Simulation(int seed)
    {
        _random = new Random(seed);
        _network = new Network(_random, Shards);
    }

    public SimulationResult Run()
    {
        for (var i = 0; i < Operations; i++)
            _network.After(_random.NextDouble() * Length, BeginOperation);
        for (var i = 0; i < _random.Next(MostStops); i++)
            _network.After(_random.NextDouble() * Length, StopShard);
        _network.After(Length, () => _network.IsReliable = true);
        while (_network.Step())
        {
        }

        Check();
        return new(
            _pairs.Sum(pair => pair.LastSeq), _refusedMessages, _pairs.Sum(pair => pair.Requests.Values.Count(isMade => isMade)), _refusedRequests,
            _network.Sent, _network.Lost, _network.Doubled, _stops);
    }

    private static int PairOf(int one, int other) => (Math.Min(one, other) * Users) + Math.Max(one, other);

    private static int ShardOfPair(int pair) => pair % Shards;

    private static int ShardOfUser(int user) => user % Shards;

    private void BeginOperation()
    {
        var user = _random.Next(Users);
        var peer = (user + 1 + _random.Next(Users - 1)) % Users;
        switch (_random.Next(10))
        {
            case 0:
                Call(ShardOfPair(PairOf(user, peer)), () => Block(user, peer), _ => { });
                break;
            case 1:
                Call(ShardOfPair(PairOf(user, peer)), () => Unblock(user, peer), _ => { });
                break;
            case 2 or 3:
                BeginRequest(user, peer, permit: ++_lastId);
                break;
            default:
                BeginMessage(user, peer, clientId: ++_lastId);
                break;
        }
    }

    private void BeginMessage(int user, int peer, int clientId) =>
        Call(ShardOfPair(PairOf(user, peer)), () => Commit(user, peer, clientId), isSent =>
        {
            if (isSent)
                _acknowledged.Add(clientId);
        });

    /// <summary>A permit of the sender's home shard first, then the request on the pair's shard, then the permit is settled.</summary>
    private void BeginRequest(int user, int peer, int permit) =>
        Call(ShardOfUser(user), () => TakePermit(user, permit), isTaken =>
        {
            if (isTaken)
            {
                Call(ShardOfPair(PairOf(user, peer)), () => Ask(user, peer, permit), isMade =>
                    Call(ShardOfUser(user), () => Settle(user, permit, isMade), _ => { }));
            }
        });

    /// <summary>Calls a shard and repeats the call until its answer has come.</summary>
    private void Call(int shard, Func<bool> commit, Action<bool> answered)
    {
        var isAnswered = false;
        Try();

        void Try()
        {
            if (isAnswered)
                return;
            _network.Send(shard, () =>
            {
                var result = commit();
                _network.Send(shard, () =>
                {
                    if (isAnswered)
                        return;
                    isAnswered = true;
                    answered(result);
                });
            });
            _network.After(RetryAfter, Try);
        }
    }

    private bool Commit(int user, int peer, int clientId)
    {
        var pair = PairOf(user, peer);
        var state = _pairs[pair];
        if (state.Keys.ContainsKey(clientId))
            return true;
        if (state.Blockers.Count > 0)
        {
            _refusedMessages++;
            return false;
        }

        state.Append(pair, Math.Min(user, peer), Math.Max(user, peer), clientId);
        Forward(pair);
        return true;
    }

    private bool Block(int user, int peer)
    {
        _pairs[PairOf(user, peer)].Blockers.Add(user);
        return true;
    }

    private bool Unblock(int user, int peer)
    {
        _pairs[PairOf(user, peer)].Blockers.Remove(user);
        return true;
    }

    private bool TakePermit(int user, int permit)
    {
        var permits = _homes[user].Permits;
        if (permits.TryAdd(permit, _homes[user].PermitsInUse < DailyLimit ? PermitState.Taken : PermitState.Refused) && permits[permit] == PermitState.Refused)
            _refusedRequests++;
        return permits[permit] != PermitState.Refused;
    }

    private bool Ask(int user, int peer, int permit)
    {
        var state = _pairs[PairOf(user, peer)];
        state.Requests.TryAdd(permit, state.Blockers.Count == 0);
        return state.Requests[permit];
    }

    private bool Settle(int user, int permit, bool isMade)
    {
        _homes[user].Permits[permit] = isMade ? PermitState.Spent : PermitState.GivenBack;
        return true;
    }

    /// <summary>Sends what the home shards have not acknowledged, and does so again until they have.</summary>
    private void Forward(int pair)
    {
        foreach (var entry in _pairs[pair].Outbox.ToArray())
        {
            _network.Send(ShardOfUser(entry.User), () =>
            {
                if (_homes[entry.User].Apply(entry))
                    _network.Send(ShardOfPair(pair), () => _pairs[pair].Outbox.Remove(entry));
            });
        }

        _network.After(RetryAfter, () =>
        {
            // A stopped shard has forgotten its timers; its restart forwards again.
            if (_pairs[pair].Outbox.Count > 0 && !_network.IsStopped(ShardOfPair(pair)))
                Forward(pair);
        });
    }

    private void StopShard()
    {
        var shard = _random.Next(Shards);
        if (_network.IsStopped(shard))
            return;
        _stops++;
        _network.Stop(shard, _random.NextDouble() * LongestStop, () =>
        {
            for (var pair = 0; pair < _pairs.Length; pair++)
            {
                if (ShardOfPair(pair) == shard && _pairs[pair].Outbox.Count > 0)
                    Forward(pair);
            }
        });
    }

    private void Check()
    {
        for (var user = 0; user < Users; user++)
        {
            CheckInbox(user);
            CheckPermits(user);
        }

        Require(_pairs.All(pair => pair.Outbox.Count == 0), "an entry was never acknowledged");
        Require(_acknowledged.All(id => _pairs.Any(pair => pair.Keys.ContainsKey(id))), "an acknowledged message is lost");
    }

    /// <summary>Spent are exactly those whose request was made.</summary>
    private void CheckPermits(int user)
    {
        Require(_homes[user].PermitsInUse <= DailyLimit, $"user {user} exceeded the daily limit");
        foreach (var (permit, state) in _homes[user].Permits)
        {
            var isMade = _pairs.Any(pair => pair.Requests.GetValueOrDefault(permit));
            Require(isMade ? state == PermitState.Spent : state is PermitState.GivenBack or PermitState.Refused, $"permit {permit} of user {user} is {state}");
        }
    }

    /// <summary>Every message of every pair once, and each pair's in order: so the count of items, which is the version, has no gap.</summary>
    private void CheckInbox(int user)
    {
        var byPair = _homes[user].Items.ToLookup(item => item.Pair, item => item.Seq);
        for (var peer = 0; peer < Users; peer++)
        {
            if (peer == user)
                continue;
            var pair = PairOf(user, peer);
            Require(byPair[pair].SequenceEqual(Enumerable.Range(1, _pairs[pair].LastSeq)), $"the inbox of user {user} does not hold the messages of pair {pair} once and in order");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new BenchmarkException(otherwise);
    }
}
