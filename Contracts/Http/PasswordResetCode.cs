namespace ChatHub.Contracts;

/// <summary>The answer of POST /api/directory/users/{userId}/password-reset: good once, until <see cref="ExpiresAt"/>.</summary>
public sealed record PasswordResetCode
{
    /// <summary>The code, good once.</summary>
    public required string Code { get; init; }

    /// <summary>When the code ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Without the code, so that no log can hold it.</summary>
    public override string ToString() => $"PasswordResetCode {{ ExpiresAt = {ExpiresAt:O} }}";
}
