namespace ChatHub.Contracts;

/// <summary>The answer of POST /api/directory/invites: each code is good for one sign-up.</summary>
public sealed record Invites
{
    /// <summary>The codes, each for one sign-up.</summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Without the codes, so that no log can hold them.</summary>
    public override string ToString() => $"Invites {{ Count = {Codes.Count} }}";
}
