using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace ChatHub.Tests.Model;

internal enum Kind
{
    Settings,
    Profile,
    Follow,
    Unfollow,
    Block,
    Unblock,
    SendRequest,
    Repeat,
    GetRequest,
    Accept,
    Delete,
    DeleteMany,
    Restore,
    Withdraw,
    Open,
    Say,
    See,
    Edit,
    Remove,
    React,
    View,
    Clear,
    Report,
    Ban,
    Lift,
    Directory,
    Erase,
    Wait,
}

/// <summary>
/// A thing to do, by numbers alone: what they stand for is worked out when it is done (<see cref="CommandFactory"/>), so that any
/// list of them can be done, also what shrinking leaves of one.
/// </summary>
internal sealed record Operation(Kind Kind, int Actor, int Target, int Pick, int Vary)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Kind} {Actor} {Target} {Pick} {Vary})");
}

/// <summary>A run: so many users, who do all this.</summary>
internal sealed record OperationSequence(int Users, Operation[] Operations)
{
    public override string ToString() => $"{Users} users: {string.Join(' ', Operations.Select(operation => operation.ToString()))}";
}

/// <summary>OperationSequences to try, and smaller ones to try when one has failed.</summary>
internal static class OperationSequences
{
    private static readonly (int Weight, Kind Kind)[] Weights =
    [
        (7, Kind.Settings), (3, Kind.Profile), (6, Kind.Follow), (4, Kind.Unfollow), (4, Kind.Block), (6, Kind.Unblock),
        (18, Kind.SendRequest), (5, Kind.Repeat), (3, Kind.GetRequest), (10, Kind.Accept), (6, Kind.Delete), (3, Kind.DeleteMany), (5, Kind.Restore), (5, Kind.Withdraw),
        (8, Kind.Open), (16, Kind.Say), (12, Kind.See), (8, Kind.Edit), (6, Kind.Remove), (8, Kind.React), (8, Kind.View), (4, Kind.Clear), (5, Kind.Report), (3, Kind.Ban), (3, Kind.Lift), (4, Kind.Directory), (5, Kind.Wait),
    ];

    public static Arbitrary<OperationSequence> Of(int operations)
    {
        var number = Gen.Choose(0, 999);
        var kind = Gen.Frequency(Weights.Select(weight => (weight.Weight * 10, Gen.Constant(weight.Kind))).Append((3, Gen.Constant(Kind.Erase))));
        var operation =
            from k in kind
            from actor in number
            from target in number
            from pick in number
            from vary in number
            select new Operation(k, actor, target, pick, vary);
        var sequence =
            from users in Gen.Choose(3, 5)
            from all in Gen.ArrayOf(operation, operations)
            select new OperationSequence(users, all);
        return Arb.From(sequence, Smaller);
    }

    // Halves, quarters, … down to single operations are left out, the last ones first: what came after the failure goes at once.
    private static IEnumerable<OperationSequence> Smaller(OperationSequence sequence)
    {
        var all = sequence.Operations;
        for (var size = all.Length / 2; size >= 1; size /= 2)
        {
            for (var end = all.Length; end >= size; end -= size)
                yield return sequence with { Operations = [.. all[..(end - size)], .. all[end..]] };
        }
    }
}
