namespace ChatHub.Contracts;

/// <summary>An item of GET /api/me/sessions.</summary>
public sealed record SessionInfo
{
    public required string SessionId { get; init; }

    /// <summary>What the client called itself (User-Agent) when it signed in.</summary>
    public string? Device { get; init; }

    /// <summary>The client's address when it signed in or last refreshed.</summary>
    public string? Address { get; init; }
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When it signed in or last refreshed.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Whether it is the session of the access token that asks.</summary>
    public bool IsCurrent { get; init; }
}

/// <summary>PUT /api/me/password.</summary>
public sealed record ChangePasswordInput
{
    public string? CurrentPassword { get; init; }
    public string? NewPassword { get; init; }

    /// <summary>Without the passwords, so that no log can hold them.</summary>
    public override string ToString() => nameof(ChangePasswordInput);
}

/// <summary>POST /api/accounts/password-reset.</summary>
public sealed record PasswordResetInput
{
    public string? Code { get; init; }
    public string? NewPassword { get; init; }

    /// <summary>Without the secrets, so that no log can hold them.</summary>
    public override string ToString() => nameof(PasswordResetInput);
}

/// <summary>The answer of POST /api/directory/users/{userId}/password-reset: good once, until <see cref="ExpiresAt"/>.</summary>
public sealed record PasswordResetCode
{
    public required string Code { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Without the code, so that no log can hold it.</summary>
    public override string ToString() => $"PasswordResetCode {{ ExpiresAt = {ExpiresAt:O} }}";
}

/// <summary>DELETE /api/directory/users/{userId}, by the user of a built-in account.</summary>
public sealed record EraseInput
{
    public string? Password { get; init; }

    /// <summary>Without the password, so that no log can hold it.</summary>
    public override string ToString() => nameof(EraseInput);
}

/// <summary>POST /api/directory/invites.</summary>
public sealed record InvitesInput
{
    public int? Count { get; init; }
    public int? ExpiresInHours { get; init; }
}

/// <summary>The answer of POST /api/directory/invites: each code is good for one sign-up.</summary>
public sealed record Invites
{
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Without the codes, so that no log can hold them.</summary>
    public override string ToString() => $"Invites {{ Count = {Codes.Count} }}";
}
