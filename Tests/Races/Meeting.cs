using ChatHub.Tests.Model;

namespace ChatHub.Tests.Races;

/// <summary>Two commands that run at the same time on the same two users, and how far apart they start.</summary>
/// <param name="Seed">Gives exactly this meeting again: <see cref="FromSeed"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Setup">What happens between the two users before.</param>
/// <param name="One">One command.</param>
/// <param name="Other">The other.</param>
/// <param name="Swap">Whether the other side of the pair makes the other command.</param>
/// <param name="HeadStart">How much earlier the first command starts; negative, the second.</param>
internal sealed record Meeting(
    int Seed, string Name, Func<Pair, Command>[] Setup, Func<Pair, Command> One, Func<Pair, Command> Other, bool Swap, TimeSpan HeadStart)
{
    // About as long as a command takes: both orders and every overlap occur.
    private const int MaxHeadStartMicroseconds = 300;

    private static readonly (int Setup, int One, int Other, bool Swap)[] All =
    [
        .. from setup in Enumerable.Range(0, RaceCommands.Setups.Length)
           from one in Enumerable.Range(0, RaceCommands.All.Length)
           from other in Enumerable.Range(one, RaceCommands.All.Length - one)
           from swap in new[] { false, true }
           select (setup, one, other, swap),
    ];

    /// <summary>How many different meetings there are, whatever their head start.</summary>
    public static int Count => All.Length;

    /// <summary>A seed of the meeting with this index (below <see cref="Count"/>), with a random head start.</summary>
    public static int NewSeed(int index) => (Random.Shared.Next(int.MaxValue / Count) * Count) + index;

    /// <summary>The meeting that a seed stands for: always the same.</summary>
    public static Meeting FromSeed(int seed)
    {
        var (setup, one, other, swap) = All[seed % Count];
        var (first, second) = (RaceCommands.All[one], RaceCommands.All[other]);
        var (setupName, steps) = RaceCommands.Setups[setup];
        var random = new Random(seed);
        var headStart = random.Next(3) == 0 ? 0 : random.Next(-MaxHeadStartMicroseconds, MaxHeadStartMicroseconds + 1);
        return new(
            seed,
            $"{setupName}: {first.Name} meets {second.Name}{(swap ? ", swapped" : "")}",
            steps,
            first.Make,
            second.Make,
            swap,
            TimeSpan.FromMicroseconds(headStart));
    }
}
