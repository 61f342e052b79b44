namespace ChatHub.Contracts;

// What the HTTP endpoints take and give.

/// <summary>POST /api/accounts. <see cref="BirthDate"/> is YYYY-MM-DD.</summary>
public sealed record SignUpInput
{
    public string? Username { get; init; }
    public string? Password { get; init; }
    public string? BirthDate { get; init; }
    public string? DisplayName { get; init; }

    /// <summary>Needed where <c>Auth:SignUp</c> is <c>invite</c>.</summary>
    public string? InviteCode { get; init; }

    /// <summary>Without the password, so that no log can hold it.</summary>
    public override string ToString() => $"SignUpInput {{ Username = {Username} }}";
}

/// <summary>POST /api/sessions.</summary>
public sealed record SignInInput
{
    public string? Username { get; init; }
    public string? Password { get; init; }

    /// <summary>Without the password, so that no log can hold it.</summary>
    public override string ToString() => $"SignInInput {{ Username = {Username} }}";
}

/// <summary>The answer of signing up and in.</summary>
public sealed record Session
{
    public required UserCard User { get; init; }
    public required string AccessToken { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Without the token, so that no log can hold it.</summary>
    public override string ToString() => $"Session {{ User = {User}, ExpiresAt = {ExpiresAt:O} }}";
}

/// <summary>GET /health/ready: <see cref="Status"/> and each dependency are ok, degraded or down.</summary>
public sealed record Health
{
    public required string Status { get; init; }
    public required IReadOnlyDictionary<string, string> Dependencies { get; init; }
}

/// <summary>What a refused HTTP call answers: RFC 9457 problem details with the contract's code.</summary>
public sealed record Problem
{
    /// <summary>The sentence for people.</summary>
    public required string Title { get; init; }
    public required int Status { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Seconds to wait, where waiting helps.</summary>
    public int? RetryAfter { get; init; }
}
