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
        var turn = answers.Budget.AcquireAsync(invocationContext.HubMethodName, invocationContext.Context.ConnectionAborted);
        return turn.IsCompletedSuccessfully
            ? GoOn(invocationContext, answers, turn.Result, next)
            : WaitAsync(invocationContext, answers, turn, next);
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (connections.Find(context.Context.ConnectionId) is { } live)
            context.Context.Features.Set(budgets.Open(live.Connection));
        return next(context);
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
        HubInvocationContext context, ConnectionAnswers answers, ValueTask<RateLimitLease> turn, Func<HubInvocationContext, ValueTask<object?>> next) =>
        await GoOn(context, answers, await turn, next);

    private static ValueTask<object?> GoOn(
        HubInvocationContext context, ConnectionAnswers answers, RateLimitLease lease, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        context.ServiceProvider.GetRequiredService<AnswerShare>().Hold(answers, lease);
        return next(context);
    }
}
