using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Model;

/// <summary>Compares the events that a connection received with the expected ones.</summary>
internal static class EventComparison
{
    /// <summary>The first difference; null if there is none.</summary>
    /// <param name="device">The connection.</param>
    /// <param name="expected">In order.</param>
    /// <param name="binding">Of ids.</param>
    /// <param name="timeout">How long to wait for a missing event.</param>
    public static async Task<string?> DifferenceAsync(this IDevice device, IReadOnlyList<IVersioned> expected, Binding binding, TimeSpan timeout)
    {
        var received = await device.ReceiveAsync(expected.Count, timeout);
        for (var i = 0; i < Math.Max(expected.Count, received.Count); i++)
        {
            if (binding.Difference(expected.ElementAtOrDefault(i), received.ElementAtOrDefault(i)) is { } difference)
                return $"event {i + 1}: {difference}";
        }

        return null;
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
