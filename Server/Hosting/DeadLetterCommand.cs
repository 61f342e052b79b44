using System.Globalization;
using ChatHub.Server.Outbox;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting;

/// <summary><c>--list-dead-letters</c> and <c>--resend-dead-letters [ID]</c>: beside a running server, which sends them then, or without one.</summary>
internal static class DeadLetterCommand
{
    private const string List = "--list-dead-letters";
    private const string Resend = "--resend-dead-letters";
    private const int Page = 500;

    public static bool IsMeant(string[] args) => args.Contains(List) || args.Contains(Resend);

    /// <summary>Throws <see cref="StorageException"/> with a sentence for the operator.</summary>
    public static async Task RunAsync(WebApplication app, string[] args, ILogger log)
    {
        var database = app.Services.GetRequiredService<IDatabase>();
        var store = app.Services.GetRequiredService<DeadLetterStore>();
        await database.InitializeAsync(CancellationToken.None);
        if (args.Contains(List))
            await ListAsync(database, store);
        else
            await ResendAsync(database, store, IdOf(args), app.Services.GetRequiredService<TimeProvider>(), log);
    }

    /// <summary>One line for each, with tabs between: id, webhook, event, user, when it happened, when it was given up, attempts, why.</summary>
    private static async Task ListAsync(IDatabase database, DeadLetterStore store)
    {
        var after = 0L;
        List<DeadLetter> page;
        do
        {
            page = await database.ReadAsync(session => store.PageAsync(session, after, Page), CancellationToken.None);
            foreach (var letter in page)
            {
                Console.WriteLine(string.Join(
                    '\t', letter.EntryId, OutboxChannels.NameOf(letter.Channel), OutboxEventNames.Of(letter.Event), letter.UserId, Instant(letter.OccurredAt),
                    Instant(letter.DiedAt), letter.Attempts.ToString(CultureInfo.InvariantCulture), letter.LastError));
            }

            after = page.Count > 0 ? page[^1].EntryKey : after;
        }
        while (page.Count == Page);
    }

    private static async Task ResendAsync(IDatabase database, DeadLetterStore store, string? id, TimeProvider time, ILogger log)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (id is null)
        {
            // Those that die meanwhile, after all of their attempts, are among the newest and not reached again.
            OutboxLog.Resent(log, await database.WriteInStepsAsync(session => store.ResendSomeAsync(session, now), OutboxStore.Step, CancellationToken.None));
            return;
        }

        if (!await database.WriteAsync(LockScope.None, session => store.ResendAsync(session, id, now), committed: null, CancellationToken.None))
            throw new StorageException($"There is no dead letter '{id}'.");
        OutboxLog.Resent(log, 1);
    }

    private static string? IdOf(string[] args) =>
        args.ElementAtOrDefault(Array.IndexOf(args, Resend) + 1) is { } next && !next.StartsWith('-') ? next : null;

    private static string Instant(long ms) => ms.ToInstant().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
