namespace ChatHub.Contracts;

/// <summary>One tip.</summary>
public sealed record IntroTip
{
    /// <summary>The kind of the tip, for programs.</summary>
    public required IntroTipCode Code { get; init; }

    /// <summary>The tip, for people.</summary>
    public required string Text { get; init; }
}
