namespace ChatHub.Contracts;

/// <summary>The input of SendRequest.</summary>
public sealed record SendRequestInput
{
    /// <summary>The recipient's user id.</summary>
    public string? RecipientId { get; init; }

    /// <summary>The introduction, 1 to 500 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The idempotency key: one scope per sender over SendRequest and SendMessage.</summary>
    public string? ClientId { get; init; }
}
