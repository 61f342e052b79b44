using System.Net.Http.Headers;

namespace ChatHub.Server.Outbox;

/// <summary>The header Retry-After.</summary>
public static class RetryAfters
{
    /// <summary>As a span from now; null where there is none.</summary>
    public static TimeSpan? Of(RetryConditionHeaderValue? header, TimeProvider time) =>
        header?.Delta ?? (header?.Date is { } at ? at - time.GetUtcNow() : null);
}
