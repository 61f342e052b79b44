using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Model;

/// <summary>Compares the events that a connection received with the expected ones.</summary>
internal static class EventComparison
{
    /// <summary>The first difference; null if there is none.</summary>
    /// <param name="expected">In order; which of them may have been lost, because their command had an unknown outcome.</param>
    /// <param name="received">In order.</param>
    /// <param name="binding">Of ids.</param>
    public static string? Difference(IReadOnlyList<(IVersioned Event, bool MayBeLost)> expected, IReadOnlyList<IVersioned> received, Binding binding)
    {
        var next = 0;
        foreach (var (e, mayBeLost) in expected)
        {
            if (mayBeLost && binding.Copy().Difference(e, received.ElementAtOrDefault(next)) is not null)
                continue;
            if (binding.Difference(e, received.ElementAtOrDefault(next)) is { } difference)
                return $"event {next + 1}: {difference}";
            next++;
        }

        return next < received.Count ? $"event {next + 1}: {binding.Difference(null, received[next])}" : null;
    }

    /// <summary>All that has arrived, and at least so many if they come in time.</summary>
    public static async Task<IReadOnlyList<IVersioned>> ReceiveAsync(this IDevice device, int count, TimeSpan timeout)
    {
        var received = device.Stored.TakeAll().ToList();
        while (received.Count < count)
        {
            try
            {
                received.Add(await device.Stored.NextAsync(timeout));
            }
            catch (OperationCanceledException) when (!TestTimeouts.Token.IsCancellationRequested)
            {
                break;
            }
        }

        return [.. received, .. device.Stored.TakeAll()];
    }
}
