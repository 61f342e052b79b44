namespace ChatHub.Contracts;

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
