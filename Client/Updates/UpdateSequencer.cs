using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>
/// Puts events, results and pages of Sync, in whatever order and however often they arrive, into a sequence of steps that
/// carries each change once and in the order of versions. No I/O and no clock: the <see cref="UpdateLoop"/> waits and
/// calls Sync.
/// </summary>
/// <remarks>
/// The next version is applied, an older one dropped, a later one held until the missing ones arrive. If they do not,
/// pages of Sync return what they changed. Either way <see cref="Version"/> is what the application has.
/// Between two pages no event is applied: a page omits what was changed again since, and only the last page completes the
/// state that the next event builds on.
/// </remarks>
internal sealed class UpdateSequencer
{
    /// <summary>Further versions beyond a gap are dropped: Sync closes such a gap at less cost.</summary>
    public const int MaxHeld = 256;

    private readonly Dictionary<long, IVersioned> _held = [];
    private readonly DeliveredMessages _delivered = new();
    private long _highestSeen;
    private bool _isBetweenPages;

    public string Epoch { get; private set; } = "";

    /// <summary>Every change up to this version has been applied.</summary>
    public long Version { get; private set; }

    /// <summary>Whether a later version is known to exist than was applied; it may still arrive.</summary>
    public bool IsBehind => _highestSeen > Version || _isBetweenPages;

    /// <summary>Whether the server has another epoch: only a reload helps.</summary>
    public bool IsEpochStale { get; private set; }

    /// <summary>Begins at a version; what existed before is added by <see cref="Load"/>.</summary>
    public void Begin(string epoch, long version)
    {
        (Epoch, Version, _highestSeen, IsEpochStale, _isBetweenPages) = (epoch, version, version, false, false);
        _held.Clear();
        _delivered.Clear();
    }

    /// <summary>A conversation that existed before: its messages up to its last seq, or up to the seen ones, are not new.</summary>
    public IReadOnlyList<Step> Load(Conversation conversation, bool replayUnseen)
    {
        var unseen = replayUnseen && conversation.UnreadCount > 0;
        _delivered.Begin(conversation.ConversationId, unseen ? conversation.SeenSeq : conversation.LastSeq, conversation.LastChange);
        return
        [
            new Step.Publish(new ConversationUpdate(conversation)),
            .. _delivered.CatchUp(conversation),
        ];
    }

    /// <summary>Drops what a connection that has ended left beyond a gap: the gap will not be filled.</summary>
    public void ConnectionLost() => _held.Clear();

    /// <summary>An event, or the result of a call.</summary>
    public IReadOnlyList<Step> Receive(IVersioned change)
    {
        if (change.Version <= Version)
            return [];

        _highestSeen = Math.Max(_highestSeen, change.Version);
        if (change.Version <= Version + MaxHeld)
            _held[change.Version] = change;
        return ApplyHeld();
    }

    /// <summary>The server's own position.</summary>
    public void ObservePosition(Position position)
    {
        if (position.Epoch != Epoch)
            IsEpochStale = true;
        else
            _highestSeen = Math.Max(_highestSeen, position.Version);
    }

    /// <summary>A page of Sync called with <see cref="Epoch"/> and <see cref="Version"/>; not one with reset.</summary>
    public IReadOnlyList<Step> CatchUp(SyncPage page)
    {
        Advance(page);
        return [.. StepMapper.Of(page, _delivered), .. ApplyHeld()];
    }

    /// <summary>
    /// A page of Sync during loading. Its conversations existed before, unless the same page contains the request whose
    /// acceptance opened it: then (the application accepts what was just delivered, for example) all its messages are new.
    /// </summary>
    public IReadOnlyList<Step> CatchUpLoading(SyncPage page, bool replayUnseen)
    {
        Advance(page);
        var opened = page.Requests.Select(request => request.ConversationId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var loaded = page.Conversations.SelectMany(conversation => opened.Contains(conversation.ConversationId) && !_delivered.Knows(conversation.ConversationId)
            ? [new Step.Publish(new ConversationUpdate(conversation)), .. _delivered.CatchUp(conversation)]
            : Load(conversation, replayUnseen)).ToList();
        return [.. loaded, .. StepMapper.Of(page with { Conversations = [] }, _delivered), .. ApplyHeld()];
    }

    private void Advance(SyncPage page)
    {
        (Version, _isBetweenPages) = (page.Version, page.HasMore);
        foreach (var old in _held.Keys.Where(version => version <= Version).ToList())
            _held.Remove(old);

        // The last page reaches the server's own version: only held events can be higher.
        if (!page.HasMore)
            (_highestSeen, IsEpochStale) = (_held.Keys.Append(Version).Max(), false);
    }

    private List<Step> ApplyHeld()
    {
        var steps = new List<Step>();
        while (!_isBetweenPages && _held.Remove(Version + 1, out var next))
        {
            Version++;
            steps.AddRange(StepMapper.Of(next, _delivered));
        }

        return steps;
    }
}
