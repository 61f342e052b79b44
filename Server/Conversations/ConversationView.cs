using ChatHub.Contracts;

namespace ChatHub.Server.Conversations;

/// <summary>A user's own settings of one chat.</summary>
/// <param name="Receipts">Whether marks are shown to the peer.</param>
/// <param name="MutedUntil">Unix milliseconds; null when it is not muted.</param>
/// <param name="IsArchived">Whether it is listed apart.</param>
/// <param name="IsPinned">Whether it is listed first.</param>
public readonly record struct ConversationView(ReceiptSetting Receipts, long? MutedUntil, bool IsArchived, bool IsPinned)
{
    /// <summary>The view as an input changes it: what is absent stays as it is.</summary>
    public ConversationView With(UpdateConversationInput input, long now) => new(
        input.SendSeenReceipts ?? Receipts,
        input.MutedUntil is { } until ? Future(until.ToUnixTimeMilliseconds(), now) : MutedUntil,
        input.IsArchived ?? IsArchived,
        input.IsPinned ?? IsPinned);

    /// <summary>An instant that is still to come; null for one that has passed.</summary>
    public static long? Future(long? ms, long now) => ms > now ? ms : null;
}
