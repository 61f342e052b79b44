using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Safety;

/// <summary>The settings under <c>Retention</c>, in days; 0 keeps for ever. The sweeper enforces them.</summary>
public sealed class RetentionOptions : IValidatableObject
{
    /// <summary>Rules look back this far at requests that have ended: what can still be reported.</summary>
    public const int RequestsDaysMin = 30;

    /// <summary>How long a message is kept, in whole UTC days after the day on which it reached its chat.</summary>
    [Range(0, 36_500)]
    public int MessagesDays { get; set; }

    /// <summary>How long a request is kept after its end: accepted, withdrawn or expired.</summary>
    [Range(0, 36_500)]
    public int RequestsDays { get; set; } = 90;

    /// <summary>How long a report's notes and copies are kept after it was resolved.</summary>
    [Range(0, 36_500)]
    public int EvidenceDays { get; set; } = 365;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RequestsDays is > 0 and < RequestsDaysMin)
            yield return new($"Retention:RequestsDays must be 0 (for ever) or at least {RequestsDaysMin}.", [nameof(RequestsDays)]);
    }

    /// <summary>
    /// The beginning of the first UTC day of which messages are kept; null: all are. A chat is then swept once a day and not
    /// once for each message, and no idempotency key, which lasts until the end of the next day, outlives its message.
    /// </summary>
    public long? MessagesBefore(DateTimeOffset now) =>
        MessagesDays == 0 ? null : ((now.ToUnixTimeMilliseconds() / Instants.DayMs) - MessagesDays) * Instants.DayMs;

    /// <summary>Requests that ended before this instant are removed; null: none.</summary>
    public long? RequestsBefore(DateTimeOffset now) => Before(now, RequestsDays);

    /// <summary>Copies of reports that were resolved before this instant are removed; null: none.</summary>
    public long? EvidenceBefore(DateTimeOffset now) => Before(now, EvidenceDays);

    private static long? Before(DateTimeOffset now, int days) => days == 0 ? null : now.ToUnixTimeMilliseconds() - (days * Instants.DayMs);
}
