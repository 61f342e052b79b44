using ChatHub.Server.Embedding;

namespace ChatHub.Server.Requests.Hooks;

/// <summary>The place of the host's hooks in the check order: after all of ChatHub's own conditions. Pure.</summary>
public static class HookRules
{
    /// <summary>
    /// What has to be asked before a decision stands. The directory, where the decision depends on what it says of the users; the
    /// policy, where a request would be let through.
    /// </summary>
    public static Hook Missing(ContactDecision decision, HookResults results) =>
        DependsOnDirectory(decision) && !results.IsDirectoryRead ? Hook.Directory
        : decision == ContactDecision.Ask && !results.IsDirectoryAway && results.Verdict is null ? Hook.Policy
        : Hook.None;

    /// <summary>The decision with the host's answers. A policy can refuse, and never permit what ChatHub refuses.</summary>
    public static ContactDecision Apply(ContactDecision decision, HookResults results) => decision switch
    {
        ContactDecision.NotFound or ContactDecision.Ask when results.IsDirectoryAway => ContactDecision.Unavailable,
        ContactDecision.Ask when results.Verdict is not (ContactVerdict.Allow or ContactVerdict.Filtered) => ContactDecision.Unavailable,
        _ => decision,
    };

    // Not what the caller, an open chat or an open request decides alone. A block reads as any other reason for Unavailable, and takes as long.
    private static bool DependsOnDirectory(ContactDecision decision) => decision
        is ContactDecision.NotFound or ContactDecision.Unavailable or ContactDecision.Direct or ContactDecision.NotFollowed or ContactDecision.Ask;
}
