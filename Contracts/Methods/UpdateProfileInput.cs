namespace ChatHub.Contracts;

/// <summary>What is absent stays as it is; an empty bio removes it.</summary>
public sealed record UpdateProfileInput
{
    /// <summary>1 to 50 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Up to 160 characters.</summary>
    public string? Bio { get; init; }
}
