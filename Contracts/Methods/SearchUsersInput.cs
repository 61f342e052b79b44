namespace ChatHub.Contracts;

/// <summary>The input of SearchUsers.</summary>
public sealed record SearchUsersInput : PageInput
{
    /// <summary>The search text, 2 to 50 characters.</summary>
    public string? Query { get; init; }
}
