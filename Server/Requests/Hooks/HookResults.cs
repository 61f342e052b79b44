using ChatHub.Server.Embedding;

namespace ChatHub.Server.Requests.Hooks;

/// <summary>What the host's hooks have answered for one contact so far.</summary>
public readonly record struct HookResults
{
    /// <summary>When the first of them was called; null: none was.</summary>
    public HookDeadline? Deadline { get; init; }

    /// <summary>The directory was asked, or there is none.</summary>
    public bool IsDirectoryRead { get; init; }

    /// <summary>The directory was asked, and failed.</summary>
    public bool IsDirectoryAway { get; init; }

    /// <summary>The policy's verdict; null: it was not asked. Without a policy: allowed.</summary>
    public ContactVerdict? Verdict { get; init; }
}
