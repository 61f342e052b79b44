using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace ChatHub.Server.Hosting;

/// <summary>Errors of the HTTP part: RFC 9457 problem details with the contract's code.</summary>
public sealed class ProblemDetailsExceptionHandler(ILogger<ProblemDetailsExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await WriteAsync(httpContext, exception switch
        {
            ChatHubException refusal => refusal,
            StorageUnavailableException => Errors.StorageUnavailable(),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
            BadHttpRequestException { InnerException: JsonException { Path: { Length: > 2 } path } } =>
                Errors.InvalidArgument($"{path[2..]} is not of the right type."),
            BadHttpRequestException => NotJson(),
            InvalidOperationException when !IsCharsetKnown(httpContext.Request) => NotJson(),
            _ => Unexpected(httpContext, exception),
        });
        return true;
    }

    /// <summary>The framework itself refuses a body that is not sent as JSON, or is too large, and says nothing.</summary>
    public static Task WriteMissingAsync(StatusCodeContext context) => context.HttpContext.Response.StatusCode switch
    {
        StatusCodes.Status415UnsupportedMediaType => WriteAsync(context.HttpContext, NotJson()),
        StatusCodes.Status413PayloadTooLarge => WriteAsync(context.HttpContext, TooLarge()),
        _ => Task.CompletedTask,
    };

    public static Task WriteAsync(HttpContext context, ChatHubException refusal)
    {
        var problem = new Problem
        {
            Title = refusal.Message,
            Status = StatusOf(refusal.Code),
            Code = refusal.Code,
            RetryAfter = refusal.RetryAfterSeconds,
        };
        if (problem.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(
            problem, ContractJson.Default.Problem, "application/problem+json", context.RequestAborted);
    }

    private static ChatHubException TooLarge() => Errors.InvalidArgument("The body is too large.");

    private static bool IsCharsetKnown(HttpRequest request)
    {
        var charset = request.GetTypedHeaders().ContentType?.Charset.Value?.Trim('"');
        return string.IsNullOrEmpty(charset)
            || Array.Exists(Encoding.GetEncodings(), known => known.Name.Equals(charset, StringComparison.OrdinalIgnoreCase));
    }

    private static ChatHubException NotJson() =>
        Errors.InvalidArgument("The body must be a JSON object, sent as application/json.");

    private ChatHubException Unexpected(HttpContext context, Exception e)
    {
        var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        HostingLog.RequestFailed(log, e, context.Request.Method, context.Request.Path, traceId);
        return new(ErrorCodes.InternalError, $"Something went wrong (trace {traceId}).");
    }

    /// <summary>The HTTP status of a code.</summary>
    internal static int StatusOf(string code) => code switch
    {
        ErrorCodes.InvalidArgument or ErrorCodes.CannotMessageSelf => StatusCodes.Status400BadRequest,
        ErrorCodes.Unauthenticated or ErrorCodes.InvalidCredentials => StatusCodes.Status401Unauthorized,
        ErrorCodes.UserNotFound or ErrorCodes.RequestNotFound or ErrorCodes.ConversationNotFound => StatusCodes.Status404NotFound,
        ErrorCodes.Conflict or ErrorCodes.RequestPending or ErrorCodes.AlreadyConnected or ErrorCodes.RequestClosed
            or ErrorCodes.UsernameTaken or ErrorCodes.EditClosed => StatusCodes.Status409Conflict,
        ErrorCodes.RequestLimitReached or ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.InternalError => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status403Forbidden,
    };
}
