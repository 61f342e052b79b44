using System.Net;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Client.Http;

/// <summary>Maps an HTTP error response to the SDK's exceptions.</summary>
internal static class HttpErrors
{
    /// <summary>From problem details with a <c>code</c>; from anything else, by the status.</summary>
    public static async Task<Exception> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var wait = response.Headers.RetryAfter?.Delta;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using var problem = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (Text(problem.RootElement, "code") is { } code)
                return new ChatHubException(code, Text(problem.RootElement, "detail") ?? Text(problem.RootElement, "title") ?? code, wait);
        }
        catch (JsonException)
        {
            // Not a ChatHub response: a proxy in between sent it. Only the status is usable.
        }

        return FromStatus(response.StatusCode, wait);
    }

    public static Exception FromStatus(HttpStatusCode status, TimeSpan? wait, Exception? cause = null) => status switch
    {
        HttpStatusCode.Unauthorized => new ChatHubException(ErrorCodes.Unauthenticated, "The access token is missing or no longer valid."),
        HttpStatusCode.Forbidden => new ChatHubException(ErrorCodes.Forbidden, "The server does not allow this."),
        HttpStatusCode.TooManyRequests => new ChatHubException(ErrorCodes.RateLimited, "Too many calls.", wait),
        _ => new ChatHubUnreachableException($"The server responded with {(int)status}.", cause),
    };

    private static string? Text(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
