namespace ChatHub.Server.Delivery;

/// <summary>SignalR's groups of connections. ChatHub's own events never need them; a host's extensions may.</summary>
internal sealed class ConnectionGroups
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.Ordinal);

    public void Change(string group, string connectionId, bool isMember)
    {
        lock (_gate)
        {
            if (isMember)
                Add(group, connectionId);
            else
                Remove(group, connectionId);
        }
    }

    public void RemoveFromAll(string connectionId)
    {
        lock (_gate)
        {
            foreach (var group in Of(connectionId))
                Remove(group, connectionId);
        }
    }

    public string[] Members(string group)
    {
        lock (_gate)
            return _members.TryGetValue(group, out var members) ? [.. members] : [];
    }

    public string[] Of(string connectionId)
    {
        lock (_gate)
            return [.. _members.Where(entry => entry.Value.Contains(connectionId)).Select(entry => entry.Key)];
    }

    private void Add(string group, string connectionId)
    {
        if (!_members.TryGetValue(group, out var members))
            _members.Add(group, members = new(StringComparer.Ordinal));
        members.Add(connectionId);
    }

    private void Remove(string group, string connectionId)
    {
        if (_members.TryGetValue(group, out var members) && members.Remove(connectionId) && members.Count == 0)
            _members.Remove(group);
    }
}
