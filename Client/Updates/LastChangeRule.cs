using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>
/// How a client keeps the messages of a conversation up to date by one number, the last change that it has. Pure.
/// </summary>
internal static class LastChangeRule
{
    /// <summary>Whether changes between the client's and this one are missing: GetMessages with <c>changedAfter</c> returns them.</summary>
    public static bool IsGap(long mine, long change) => change > mine + 1;

    /// <summary>Whether the client has this change already.</summary>
    public static bool IsKnown(long mine, long change) => change <= mine;

    /// <summary>Of two versions of a message the valid one.</summary>
    public static Message Newer(Message one, Message other) => other.Change > one.Change ? other : one;
}
