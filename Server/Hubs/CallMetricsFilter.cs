using System.Diagnostics;
using System.Reflection;
using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hubs;

/// <summary>
/// Measures each call. Its labels are bounded: the methods of <see cref="IChatHub"/> (the dispatcher answers any other name
/// itself) and the contract's codes. Without a listener it adds nothing to a call.
/// </summary>
public sealed class CallMetricsFilter : IHubFilter
{
    private const string Outcome = "outcome";

    private static readonly HashSet<string> Codes =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
        HubMetrics.CallDuration.Enabled ? MeasureAsync(invocationContext, next) : next(invocationContext);

    private static async ValueTask<object?> MeasureAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var outcome = "ok";
        try
        {
            return await next(context);
        }
        catch (HubException e)
        {
            outcome = CodeOf(e.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        catch
        {
            outcome = ErrorCodes.InternalError;
            throw;
        }
        finally
        {
            HubMetrics.CallDuration.Record(
                Stopwatch.GetElapsedTime(startedAt).TotalSeconds, new("method", context.HubMethodName), new(Outcome, outcome));
        }
    }

    // "code: sentence" or "code;retryAfter=SECONDS: sentence".
    private static string CodeOf(string message)
    {
        var end = message.AsSpan().IndexOfAny(':', ';');
        return end > 0 && Codes.TryGetValue(message[..end], out var code) ? code : ErrorCodes.InternalError;
    }
}
