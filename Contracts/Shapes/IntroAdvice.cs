namespace ChatHub.Contracts;

/// <summary>Advice on an introduction: never a refusal.</summary>
public sealed record IntroAdvice
{
    /// <summary>The tips; empty when there is nothing to improve.</summary>
    public required IReadOnlyList<IntroTip> Tips { get; init; }
}
