using System.Threading.RateLimiting;
using ChatHub.Server.Delivery;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting.Load;

/// <summary>Lets a call in when its answer fits into its user's <see cref="AnswerBudget"/>.</summary>
public sealed class AnswerFilter(AnswerBudgets budgets, LiveConnections connections) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.Context.Features.Get<ConnectionAnswers>() is not { } answers)
            return next(invocationContext);
        var lease = answers.Budget.AcquireAsync(invocationContext.HubMethodName, invocationContext.Context.ConnectionAborted);
        return lease.IsCompletedSuccessfully
            ? InvokeAsync(invocationContext, answers, lease.Result, next)
            : WaitAsync(invocationContext, answers, lease, next);
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (connections.Find(context.Context.ConnectionId) is not { } live)
        {
            await next(context);
            return;
        }

        var answers = budgets.Open(live.Connection);
        context.Context.Features.Set(answers);
        try
        {
            await next(context);
        }
        catch
        {
            // What is refused here is never disconnected: its OnDisconnectedAsync is not called.
            budgets.Close(answers);
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        finally
        {
            if (context.Context.Features.Get<ConnectionAnswers>() is { } answers)
                budgets.Close(answers);
        }
    }

    private static async ValueTask<object?> WaitAsync(
        HubInvocationContext context, ConnectionAnswers answers, ValueTask<RateLimitLease> lease, Func<HubInvocationContext, ValueTask<object?>> next) =>
        await InvokeAsync(context, answers, await lease, next);

    private static ValueTask<object?> InvokeAsync(
        HubInvocationContext context, ConnectionAnswers answers, RateLimitLease lease, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        context.ServiceProvider.GetRequiredService<AnswerShare>().Hold(answers, lease);
        return next(context);
    }
}
