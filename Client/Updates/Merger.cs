using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>
/// Merges events, answers and pages of catching up, in whatever order and however often they come, into steps that carry
/// each change once and in the order of versions. No I/O and no clock: whoever drives it waits, and calls Sync.
/// </summary>
/// <remarks>
/// The next version is applied, an older one dropped, a later one held until the missing ones have come. When they do not
/// come, pages of Sync bring what they changed. Either way <see cref="Version"/> tells what the application has.
/// Between the pages nothing else is applied: a page leaves out what has been changed again since, and only the last one
/// completes the picture that the next event builds on.
/// </remarks>
internal sealed class Merger
{
    /// <summary>With more than this ahead of a gap, the gap is better closed by catching up.</summary>
    public const int MostHeld = 256;

    private readonly Dictionary<long, IVersioned> _held = [];
    private readonly KnownMessages _known = new();
    private long _heard;
    private bool _betweenPages;

    public string Epoch { get; private set; } = "";

    /// <summary>Everything up to here has been applied.</summary>
    public long Version { get; private set; }

    /// <summary>A later version was heard of than has been applied: it may still come, within a moment.</summary>
    public bool IsBehind => _heard > Version || _betweenPages;

    /// <summary>The server's data have begun another life: waiting helps nothing.</summary>
    public bool IsVoid { get; private set; }

    /// <summary>Begins at a version; what was there before is to be told by <see cref="Load"/>.</summary>
    public void Begin(string epoch, long version)
    {
        (Epoch, Version, _heard, IsVoid, _betweenPages) = (epoch, version, version, false, false);
        _held.Clear();
        _known.Clear();
    }

    /// <summary>A conversation that was there before: its messages up to a seq are no news.</summary>
    public IReadOnlyList<Step> Load(Conversation conversation, bool replayUnseen)
    {
        var unseen = replayUnseen && conversation.UnreadCount > 0;
        _known.Begin(conversation.ConversationId, unseen ? conversation.SeenSeq : conversation.LastSeq);
        return
        [
            new Step.Tell(new ConversationUpdate(conversation)),
            .. _known.CatchUp(conversation),
        ];
    }

    /// <summary>What came from a connection that has ended: its gaps will not be filled.</summary>
    public void ConnectionLost() => _held.Clear();

    /// <summary>An event, or the answer of a call.</summary>
    public IReadOnlyList<Step> Receive(IVersioned change)
    {
        if (change.Version <= Version)
            return [];

        _heard = Math.Max(_heard, change.Version);
        if (change.Version <= Version + MostHeld)
            _held[change.Version] = change;
        return ApplyHeld();
    }

    /// <summary>How far the server says to be.</summary>
    public void Hear(Position position)
    {
        if (position.Epoch != Epoch)
            IsVoid = true;
        else
            _heard = Math.Max(_heard, position.Version);
    }

    /// <summary>A page of Sync, asked for with <see cref="Epoch"/> and <see cref="Version"/>. Not one that says reset.</summary>
    public IReadOnlyList<Step> CatchUp(SyncPage page)
    {
        Advance(page);
        return [.. ChangeSteps.Of(page, _known), .. ApplyHeld()];
    }

    /// <summary>
    /// A page of Sync while loading. Its conversations were there before, unless the same page tells of the request whose
    /// acceptance opened it: then (the application accepts what it was just told, say) all of its messages are news.
    /// </summary>
    public IReadOnlyList<Step> CatchUpLoading(SyncPage page, bool replayUnseen)
    {
        Advance(page);
        var opened = page.Requests.Select(request => request.ConversationId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var loaded = page.Conversations.SelectMany(conversation => opened.Contains(conversation.ConversationId) && !_known.Knows(conversation.ConversationId)
            ? [new Step.Tell(new ConversationUpdate(conversation)), .. _known.CatchUp(conversation)]
            : Load(conversation, replayUnseen)).ToList();
        return [.. loaded, .. ChangeSteps.Of(page with { Conversations = [] }, _known), .. ApplyHeld()];
    }

    private void Advance(SyncPage page)
    {
        (Version, _betweenPages) = (page.Version, page.HasMore);
        foreach (var old in _held.Keys.Where(version => version <= Version).ToList())
            _held.Remove(old);

        // The last page reaches the server's own version: a higher one is only what is held.
        if (!page.HasMore)
            (_heard, IsVoid) = (_held.Keys.Append(Version).Max(), false);
    }

    private List<Step> ApplyHeld()
    {
        var steps = new List<Step>();
        while (!_betweenPages && _held.Remove(Version + 1, out var next))
        {
            Version++;
            steps.AddRange(ChangeSteps.Of(next, _known));
        }

        return steps;
    }
}
