using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Embedding;

/// <summary>The settings under <c>Hooks</c>.</summary>
public sealed class HookOptions
{
    /// <summary>How long the host's directory and policy may take together for one contact or sign-in.</summary>
    [Range(1, 60_000)]
    public int TimeoutMilliseconds { get; set; } = 500;
}
