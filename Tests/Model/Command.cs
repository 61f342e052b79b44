using System.Runtime.CompilerServices;
using ChatHub.Contracts;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Model;

/// <summary>One thing to do, to the model and to the server alike.</summary>
/// <param name="Text">For people.</param>
/// <param name="Caller">The index of the calling user; null for the operator, whose calls go over HTTP.</param>
/// <param name="Model">To the model.</param>
/// <param name="Real">To the server; a refusal is thrown.</param>
internal sealed record Command(string Text, int? Caller, Func<World, Outcome> Model, Func<SystemUnderTest, IChatHub?, Task<object?>> Real)
{
    /// <summary>Where it is carried out in two steps, what others may come between.</summary>
    public Func<World, Outcome>? First { get; init; }
    public Func<World, Outcome>? Rest { get; init; }

    /// <summary>Whose connections the server closes with it.</summary>
    public int? Erased { get; init; }

    /// <summary>A hub call: the same input goes to both, with the ids that each knows.</summary>
    public static Command Hub<TInput, TAnswer>(
        int caller, TInput input, Func<World, ModelUser, TInput, object?> model, Func<IChatHub, TInput, Task<TAnswer>> real,
        [CallerArgumentExpression(nameof(real))] string call = "")
        where TInput : notnull =>
        new(
            $"user {caller}: {call.Split('.')[^1].Split('(')[0]} {Binding.Describe(input)}",
            caller,
            world => world.Do(world.Users[caller], () => model(world, world.Users[caller], input)),
            async (system, hub) => await real(hub!, system.Binding.Real(input)));

    public static Command Operator(string text, Func<World, object?> model, Func<SystemUnderTest, Task<object?>> real) =>
        new(text, null, world => world.Do(null, () => model(world)), (system, _) => real(system));

    public override string ToString() => Text;
}
