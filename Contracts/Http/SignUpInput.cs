namespace ChatHub.Contracts;

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

    /// <summary>Needed where <c>Auth:SignUp</c> is <c>invite</c>.</summary>
    public string? InviteCode { get; init; }

    /// <summary>Without the password, so that no log can hold it.</summary>
    public override string ToString() => $"SignUpInput {{ Username = {Username} }}";
}
