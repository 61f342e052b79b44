using ChatHub.Client;
using ChatHub.Client.Updates;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client;

/// <summary>One simulated life of a connection: each number of a script is something that the server or the network does.</summary>
internal sealed class MergerRun
{
    private readonly List<IVersioned> _flying = [];
    private readonly Merger _merger = new();

    public MergerRun()
    {
        for (var i = 0; i < 5; i++)
            Server.Change(i * 13);
        Load();
    }

    public ModelServer Server { get; } = new();
    public Picture Picture { get; } = new();

    public void Do(int step)
    {
        var (what, which) = (step % 16, step / 16);
        switch (what)
        {
            case <= 6:
                _flying.Add(Server.Change(which));
                break;
            case <= 9:
                Deliver(which, keep: false);
                break;
            case 10:
                Deliver(which, keep: true);
                break;
            case 11:
                Drop(which);
                break;
            case 12:
                _merger.Hear(Server.Position);
                break;
            case 13:
                SyncOnce(1 + (which % 5));
                break;
            case 14:
                _merger.ConnectionLost();
                break;
            default:
                Rarely(which);
                break;
        }
    }

    /// <summary>The rest arrives, and what is still missing is asked for.</summary>
    public void End()
    {
        while (_flying.Count > 0)
            Deliver(_flying.Count / 2, keep: false);
        _merger.Hear(Server.Position);
        while (_merger.IsBehind || _merger.IsVoid)
            SyncOnce(3);
    }

    private void Rarely(int which)
    {
        if (which % 8 != 0)
            return;
        Server.BeginAnotherLife();
        _flying.Clear();
        _merger.ConnectionLost();
        _merger.Hear(Server.Position);
    }

    private void Deliver(int which, bool keep)
    {
        if (_flying.Count == 0)
            return;
        var i = which % _flying.Count;
        var e = _flying[i];
        if (!keep)
            _flying.RemoveAt(i);
        Take(_merger.Receive(e));
    }

    private void Drop(int which)
    {
        if (_flying.Count > 0)
            _flying.RemoveAt(which % _flying.Count);
    }

    private void SyncOnce(int limit)
    {
        var page = Read(Server.Sync(new() { Epoch = _merger.Epoch, After = _merger.Version, Limit = limit }));
        if (page.Reset)
            Load();
        else
            Take(_merger.CatchUp(page));
    }

    private void Load()
    {
        var me = Read(Server.GetMe(new()));
        _merger.Begin(me.Epoch, me.Version);
        Picture.Apply(new InboxCleared());
        Take(_merger.CatchUpLoading(Read(Server.Sync(new() { Epoch = me.Epoch, After = 0, Limit = int.MaxValue })), replayUnseen: false));
        Picture.Apply(new InboxReady());
    }

    private void Take(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            if (step is Step.Tell tell)
                Picture.Apply(tell.Update);
            else
                ReadMissed((Step.Read)step);
        }
    }

    private void ReadMissed(Step.Read read)
    {
        var limit = (int)(read.UpTo - read.After);
        foreach (var message in Read(Server.GetMessages(new() { ConversationId = read.ConversationId, After = read.After, Limit = limit })).Items)
            Picture.Apply(new MessageUpdate(message, UnreadCount: null));
    }

    // The model server answers at once.
    private static T Read<T>(Task<T> answer) => answer.GetAwaiter().GetResult();
}
