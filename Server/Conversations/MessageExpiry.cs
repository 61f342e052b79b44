using System.Collections.Concurrent;
using ChatHub.Server.Changes;
using ChatHub.Server.Safety;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Conversations;

/// <summary>
/// <see cref="RetentionOptions.MessagesDays"/>: what has expired is cleared for both sides, each with its event, and removed.
/// Each sweep looks at a bounded number of conversations and goes on where the last one stopped; once a day it begins again.
/// Several instances may do the same work at once: each step decides within its own transaction.
/// </summary>
public sealed class MessageExpiry(
    IDatabase database, ChangeRunner changes, MessageExpiryStore store, ChatFactsStore chats, ChatClearing clearing, ClearingStore clearings,
    IOptions<RetentionOptions> options, TimeProvider time)
{
    private const int ConversationsPerRead = 1_000;
    private const int ReadsPerSweep = 50;
    private const int MessagesPerStep = 1_000;
    private const int StepsPerSweep = 500;

    // Their commits share the disk's time.
    private const int Parallelism = 8;

    private long _before;
    private long _after;

    public async Task SweepAsync(CancellationToken cancellation)
    {
        if (options.Value.MessagesBefore(time.GetUtcNow()) is not { } before)
            return;
        if (before != _before)
            (_before, _after) = (before, 0);

        var failures = new ConcurrentQueue<Exception>();
        var last = await database.ReadAsync(store.LastKeyAsync, cancellation);
        for (var (reads, steps) = (0, 0); _after < last && reads < ReadsPerSweep && steps < StepsPerSweep; reads++)
        {
            var upTo = _after + ConversationsPerRead;
            var due = await database.ReadAsync(session => store.DueAsync(session, _after, upTo, before), cancellation);
            var now = due.Take(StepsPerSweep - steps).ToList();
            await Parallel.ForEachAsync(
                now,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
                async (chat, token) => await TryExpireAsync(chat, before, failures, token));
            steps += now.Count;
            _after = now.Count < due.Count ? now[^1].ConversationKey : upTo;
        }

        if (failures.TryPeek(out var first))
            throw new InvalidOperationException($"{failures.Count} conversations could not be expired; they are tried again with the next day's.", first);
    }

    /// <summary>One that fails, since its part of the database is damaged, say, must not stop the others; a database that is away stops them all.</summary>
    private async Task TryExpireAsync(ExpiringChat chat, long before, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        try
        {
            await ExpireAsync(chat, before, cancellation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or UnknownOutcomeException or StorageUnavailableException { IsDamage: false }))
        {
            failures.Enqueue(e);
        }
    }

    /// <summary>Step by step: a long chat is not one transaction.</summary>
    private async Task ExpireAsync(ExpiringChat chat, long before, CancellationToken cancellation)
    {
        while (await changes.RunAsync(null, LockScope.OfConversation(chat.ConversationId), change => StepAsync(change, chat, before), cancellation))
        {
            // Another step.
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> StepAsync(Change change, ExpiringChat chat, long before)
    {
        var upToSeq = await store.LastExpiredAsync(change.Session, chat.ConversationKey, before, MessagesPerStep);
        if (upToSeq == 0)
            return false;
        foreach (var user in chat.Users)
        {
            var facts = await chats.FindAsync(change.Session, user.Key, chat.ConversationId, change.NowMs);
            if (facts is not null && facts.ClearedSeq < upToSeq)
                await clearing.ClearAsync(change, user, facts, upToSeq);
            await clearings.ForgetAsync(change.Session, user.Key, chat.ConversationKey, upToSeq);
        }

        await store.RemoveAsync(change.Session, chat.ConversationKey, upToSeq);
        return true;
    }
}
