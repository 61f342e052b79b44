namespace ChatHub.Contracts;

/// <summary>A moderator's latest warning, as the warned user reads it.</summary>
public sealed record Warning
{
    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why: 1..500 characters.</summary>
    public required string Reason { get; init; }
}
