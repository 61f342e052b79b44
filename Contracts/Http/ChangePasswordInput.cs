namespace ChatHub.Contracts;

/// <summary>PUT /api/me/password.</summary>
public sealed record ChangePasswordInput
{
    /// <summary>The present password.</summary>
    public string? CurrentPassword { get; init; }

    /// <summary>The new password, 8..128 characters.</summary>
    public string? NewPassword { get; init; }

    /// <summary>Without the passwords, so that no log can hold them.</summary>
    public override string ToString() => nameof(ChangePasswordInput);
}
