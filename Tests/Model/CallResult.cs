using ChatHub.Contracts;

namespace ChatHub.Tests.Model;

/// <summary>A call's result, or its refusal.</summary>
internal sealed record CallResult(object? Answer, ChatHubException? Refusal)
{
    /// <summary>The caller's connection broke before the result: it is unknown whether the call was executed.</summary>
    public static readonly CallResult Lost = new(null, null) { IsLost = true };

    /// <summary>The same, because the server's connection to its database broke in the COMMIT.</summary>
    public static readonly CallResult Unknown = new(null, null) { IsLost = true, IsUnknown = true };

    public bool IsLost { get; private init; }

    public bool IsUnknown { get; private init; }
}
