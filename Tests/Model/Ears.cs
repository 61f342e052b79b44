using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Model;

/// <summary>What a connection heard, against what it should have heard.</summary>
internal static class Ears
{
    /// <summary>Where it differs; null if nowhere.</summary>
    /// <param name="device">The connection.</param>
    /// <param name="expected">In order.</param>
    /// <param name="binding">Of ids.</param>
    /// <param name="patience">How long a missing event may still take.</param>
    public static async Task<string?> DifferenceAsync(this IDevice device, IReadOnlyList<IVersioned> expected, Binding binding, TimeSpan patience)
    {
        var heard = await device.HearAsync(expected.Count, patience);
        for (var i = 0; i < Math.Max(expected.Count, heard.Count); i++)
        {
            if (binding.Difference(expected.ElementAtOrDefault(i), heard.ElementAtOrDefault(i)) is { } difference)
                return $"event {i + 1}: {difference}";
        }

        return null;
    }

    /// <summary>All that has arrived, and at least so many if they come in time.</summary>
    public static async Task<IReadOnlyList<IVersioned>> HearAsync(this IDevice device, int count, TimeSpan patience)
    {
        var heard = device.Stored.TakeAll().ToList();
        while (heard.Count < count)
        {
            try
            {
                heard.Add(await device.Stored.NextAsync(patience));
            }
            catch (OperationCanceledException) when (!TestTimeouts.Token.IsCancellationRequested)
            {
                break;
            }
        }

        return [.. heard, .. device.Stored.TakeAll()];
    }
}
