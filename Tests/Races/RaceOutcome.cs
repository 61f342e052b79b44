using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Races;

/// <summary>Events and state after both commands have returned: read once, then compared with every hypothesis.</summary>
/// <param name="system">Where.</param>
/// <param name="callers">The connection of each command; null for the operator's.</param>
/// <param name="unknown">Of each command, whether an attempt had an unknown outcome.</param>
/// <param name="isThorough">More than the brief look.</param>
internal sealed class RaceOutcome(SystemUnderTest system, IChatHub?[] callers, bool[] unknown, bool isThorough)
{
    private readonly Dictionary<IDevice, List<IVersioned>> _received = [];
    private readonly Dictionary<(int User, string What), CallResult> _seen = [];

    public bool IsThorough => isThorough;

    /// <summary>Whether a step's events may be missing; null is the second step of the one command that has two.</summary>
    public bool MayBeLost(int? command) => command is { } place ? unknown[place] : unknown.Contains(true);

    /// <summary>For looks that need no id, which every hypothesis may bind otherwise.</summary>
    public async Task<CallResult> SeeAsync(ModelUser user, Observation observation)
    {
        if (!_seen.TryGetValue((user.Index, observation.What), out var seen))
            _seen.Add((user.Index, observation.What), seen = await observation.SeeAsync(system.Actors[user.Index].Caller.Hub));
        return seen;
    }

    /// <summary>The events in order; waits for as many as are expected, for a while.</summary>
    public async Task<IReadOnlyList<IVersioned>> OnAsync(IDevice device, int count, TimeSpan timeout)
    {
        if (!_received.TryGetValue(device, out var all))
        {
            _received[device] = all = [];
            // A marker: events sent earlier arrive before this call's result.
            if (!system.IsDirect)
                await device.Hub.GetMe(new());
        }

        all.AddRange(await device.ReceiveAsync(count - all.Count, timeout));
        return all;
    }

    /// <summary>Which of the two commands was called on this device: it gets that one's answer, not its event.</summary>
    public int? Called(IDevice device) => Array.IndexOf(callers, device.Hub) is var index and >= 0 ? index : null;

    public IEnumerable<IDevice> DevicesOf(int user) => [system.Actors[user].Caller, system.Actors[user].Listener];
}
