using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatHub.Contracts;
using ChatHub.Server.Delivery;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Hands events to <see cref="DirectDevice"/>s, each to all of its user's but the calling one.</summary>
public sealed class DirectDelivery : IDelivery
{
    private readonly ConcurrentDictionary<string, ImmutableArray<DirectDevice>> _devices = [];

    public void Add(DirectDevice device) => _devices.AddOrUpdate(device.User.Id, [device], (_, all) => all.Add(device));

    public void Remove(DirectDevice device) => _devices.AddOrUpdate(device.User.Id, [], (_, all) => all.Remove(device));

    public void Deliver(UserEvent e)
    {
        if (e.Payload is not IVersioned stored || !_devices.TryGetValue(e.UserId, out var devices))
            return;
        foreach (var device in devices)
        {
            if (device.Context.ConnectionId != e.ExceptConnectionId)
                device.Stored.Add(stored);
        }
    }
}
