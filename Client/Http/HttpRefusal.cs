using System.Net;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Client.Http;

/// <summary>Makes an HTTP answer that is no success into the SDK's exceptions.</summary>
internal static class HttpRefusal
{
    /// <summary>From problem details with a <c>code</c>; from anything else, by its status.</summary>
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
            // Not ours: something between the client and the server has answered. The status says what there is to say.
        }

        return FromStatus(response.StatusCode, wait);
    }

    public static Exception FromStatus(HttpStatusCode status, TimeSpan? wait, Exception? cause = null) => status switch
    {
        HttpStatusCode.Unauthorized => new ChatHubException(ErrorCodes.Unauthenticated, "The access token is missing or no longer good."),
        HttpStatusCode.Forbidden => new ChatHubException(ErrorCodes.Forbidden, "The server does not allow this."),
        HttpStatusCode.TooManyRequests => new ChatHubException(ErrorCodes.RateLimited, "Too many calls.", wait),
        _ => new ChatHubUnreachableException($"The server answered {(int)status}.", cause),
    };

    private static string? Text(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
