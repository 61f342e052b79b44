namespace ChatHub.Contracts;

/// <summary>POST /api/accounts/password-reset.</summary>
public sealed record PasswordResetInput
{
    /// <summary>The code, good once.</summary>
    public string? Code { get; init; }

    /// <summary>The new password, 8..128 characters.</summary>
    public string? NewPassword { get; init; }

    /// <summary>Without the secrets, so that no log can hold them.</summary>
    public override string ToString() => nameof(PasswordResetInput);
}
