namespace ChatHub.Contracts;

/// <summary>DELETE /api/directory/users/{userId}, by the user of a built-in account.</summary>
public sealed record EraseInput
{
    /// <summary>The account's password.</summary>
    public string? Password { get; init; }

    /// <summary>Without the password, so that no log can hold it.</summary>
    public override string ToString() => nameof(EraseInput);
}
