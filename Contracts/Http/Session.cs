namespace ChatHub.Contracts;

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
