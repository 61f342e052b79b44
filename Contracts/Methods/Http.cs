namespace ChatHub.Contracts;

// The bodies of the HTTP endpoints.

/// <summary>POST /api/accounts. <see cref="BirthDate"/> is YYYY-MM-DD.</summary>
public sealed record SignUpInput
{
    /// <summary>3 to 30 of a-z, 0-9, _ and '.'.</summary>
    public string? Username { get; init; }

    /// <summary>The password, 8 to 128 characters.</summary>
    public string? Password { get; init; }

    /// <summary>The birth date as YYYY-MM-DD.</summary>
    public string? BirthDate { get; init; }

    /// <summary>1 to 50 characters; the username by default.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Without the password, so that no log can hold it.</summary>
    public override string ToString() => $"SignUpInput {{ Username = {Username} }}";
}

/// <summary>POST /api/sessions.</summary>
public sealed record SignInInput
{
    /// <summary>The username.</summary>
    public string? Username { get; init; }

    /// <summary>The password, 8 to 128 characters.</summary>
    public string? Password { get; init; }

    /// <summary>Without the password, so that no log can hold it.</summary>
    public override string ToString() => $"SignInInput {{ Username = {Username} }}";
}

/// <summary>The response of signing up and in.</summary>
public sealed record Session
{
    /// <summary>Who is signed in.</summary>
    public required UserCard User { get; init; }

    /// <summary>The bearer token for the hub and for HTTP.</summary>
    public required string AccessToken { get; init; }

    /// <summary>When the access token expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Without the token, so that no log can hold it.</summary>
    public override string ToString() => $"Session {{ User = {User}, ExpiresAt = {ExpiresAt:O} }}";
}

/// <summary>GET /health/ready: <see cref="Status"/> and each dependency are ok, degraded or down.</summary>
public sealed record Health
{
    /// <summary>The worst of all that matters: <c>ok</c>, <c>degraded</c> or <c>down</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Each dependency's state by its name.</summary>
    public required IReadOnlyDictionary<string, string> Dependencies { get; init; }
}

/// <summary>The response of a refused HTTP call: RFC 9457 problem details with the contract's code.</summary>
public sealed record Problem
{
    /// <summary>The sentence for people.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Seconds to wait, where waiting helps.</summary>
    public int? RetryAfter { get; init; }
}
