using ChatHub.Client;
using ChatHub.Client.Updates;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>A simulated client: each number of a script is an action of the server, the network or the client.</summary>
internal sealed class SequencerSimulation
{
    private readonly List<IVersioned> _inFlight = [];
    private readonly UpdateSequencer _sequencer = new();

    public SequencerSimulation()
    {
        for (var i = 0; i < 5; i++)
            Server.Change(i * 13);
        Load();
    }

    public ModelServer Server { get; } = new();
    public RecordingApplication Application { get; } = new();

    public void Do(int step)
    {
        var (action, parameter) = (step % 16, step / 16);
        switch (action)
        {
            case <= 6:
                _inFlight.Add(Server.Change(parameter));
                break;
            case <= 9:
                Deliver(parameter, keep: false);
                break;
            case 10:
                Deliver(parameter, keep: true);
                break;
            case 11:
                Drop(parameter);
                break;
            case 12:
                _sequencer.ObservePosition(Server.Position);
                break;
            case 13:
                SyncOnce(1 + (parameter % 5));
                break;
            case 14:
                _sequencer.ConnectionLost();
                break;
            default:
                if (parameter % 8 == 0)
                    ChangeEpoch();
                break;
        }
    }

    /// <summary>Delivers what is in flight, and syncs until nothing is missing.</summary>
    public void End()
    {
        while (_inFlight.Count > 0)
            Deliver(_inFlight.Count / 2, keep: false);
        _sequencer.ObservePosition(Server.Position);
        while (_sequencer.IsBehind || _sequencer.IsEpochStale)
            SyncOnce(3);
    }

    private void ChangeEpoch()
    {
        Server.ChangeEpoch();
        _inFlight.Clear();
        _sequencer.ConnectionLost();
        _sequencer.ObservePosition(Server.Position);
    }

    private void Deliver(int index, bool keep)
    {
        if (_inFlight.Count == 0)
            return;
        var i = index % _inFlight.Count;
        var e = _inFlight[i];
        if (!keep)
            _inFlight.RemoveAt(i);
        Execute(_sequencer.Receive(e));
    }

    private void Drop(int index)
    {
        if (_inFlight.Count > 0)
            _inFlight.RemoveAt(index % _inFlight.Count);
    }

    private void SyncOnce(int limit)
    {
        var page = Read(Server.Sync(new() { Epoch = _sequencer.Epoch, After = _sequencer.Version, Limit = limit }));
        if (page.Reset)
            Load();
        else
            Execute(_sequencer.CatchUp(page));
    }

    private void Load()
    {
        var me = Read(Server.GetMe(new()));
        _sequencer.Begin(me.Epoch, me.Version);
        Application.Apply(new InboxCleared());
        Execute(_sequencer.CatchUpLoading(Read(Server.Sync(new() { Epoch = me.Epoch, After = 0, Limit = int.MaxValue })), replayUnseen: false));
        Application.Apply(new InboxReady());
    }

    private void Execute(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case Step.Publish publish:
                    Application.Apply(publish.Update);
                    break;
                case Step.FetchChanges changes:
                    Fetch(changes);
                    break;
                default:
                    Fetch((Step.Fetch)step);
                    break;
            }
        }
    }

    private void Fetch(Step.Fetch fetch)
    {
        var limit = (int)(fetch.UpTo - fetch.After);
        foreach (var message in Read(Server.GetMessages(new() { ConversationId = fetch.ConversationId, After = fetch.After, Limit = limit })).Items.Where(message => message.Seq <= fetch.UpTo))
            Application.Apply(new MessageUpdate(message, UnreadCount: null));
    }

    private void Fetch(Step.FetchChanges fetch)
    {
        var after = fetch.After;
        MessagePage page;
        do
        {
            page = Read(Server.GetMessages(new() { ConversationId = fetch.ConversationId, ChangedAfter = after }));
            foreach (var message in page.Items)
                Application.Apply(new MessageChangedUpdate(message, message.Change));
            after = page.Items.Count > 0 ? page.Items[^1].Change : after;
        }
        while (page.HasMore);
    }

    // The model server responds synchronously.
    private static T Read<T>(Task<T> result) => result.GetAwaiter().GetResult();
}
