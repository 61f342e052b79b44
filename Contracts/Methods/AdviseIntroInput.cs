namespace ChatHub.Contracts;

/// <summary>The input of AdviseIntro.</summary>
public sealed record AdviseIntroInput
{
    /// <summary>The recipient's user id.</summary>
    public string? RecipientId { get; init; }

    /// <summary>The introduction so far, up to 500 characters.</summary>
    public string? Text { get; init; }
}
