using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Model;

/// <summary>What moderators and the host application do.</summary>
internal static class OperatorCommands
{
    public static Command Make(World world, Operation op, ModelUser target) => op.Kind switch
    {
        Kind.Ban => Ban(target.Id, new() { Hours = op.Vary % 4 == 0 ? null : op.Vary % 60 + 1, Reason = op.Pick % 2 == 0 ? null : "Spam" }),
        Kind.Lift => Command.Operator($"lift ban of user {target.Index}", w => w.LiftBan(target.Id), s => s.Operator.LiftAsync(target.Id)),
        Kind.Directory => Put(target.Id, Card(world, op, target)),
        _ => Erase(target),
    };

    public static Command Ban(string userId, BanInput input) => Command.Operator(
        $"ban {userId}: {Binding.Describe(input)}", w => w.BanUser(userId, input), s => s.Operator.BanAsync(userId, input));

    public static Command Erase(ModelUser user) =>
        Command.Operator($"erase user {user.Index}", w => w.Erase(user.Id), s => s.Operator.EraseAsync(user.Id)) with
        {
            Erased = user.Index,
            First = w => w.Do(null, () => w.MarkRemoved(user.Id)),
            Rest = w => w.Do(null, () => w.TakeAllBack(user.Id)),
        };

    private static Command Put(string userId, DirectoryUserInput input) => Command.Operator(
        $"put {userId}: {Binding.Describe(input)}", w => w.PutUser(userId, input), s => s.Operator.PutAsync(userId, input));

    // Of age, unknown, a child, or soon of age.
    private static DirectoryUserInput Card(World world, Operation op, ModelUser user)
    {
        var today = DateOnly.FromDateTime(world.Now.UtcDateTime);
        DateOnly? birthDate = (op.Vary % 6) switch
        {
            0 => null,
            1 => today.AddYears(-10),
            2 => today.AddYears(-16).AddDays((op.Pick % 50) - 30),
            _ => new(1990, 5, 17),
        };
        return new()
        {
            Username = user.Username,
            DisplayName = op.Pick % 3 == 0 ? $"Name {op.Target % 3}" : user.DisplayName,
            Bio = user.Bio,
            IsVerified = op.Pick % 3 == 1,
            CreatedAt = (op.Target % 5) switch { 0 => world.Now.AddHours(-op.Pick % 40), 1 => world.Now.AddDays(-op.Pick % 40), _ => null },
            BirthDate = birthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}
