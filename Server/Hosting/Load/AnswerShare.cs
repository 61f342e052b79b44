using System.Threading.RateLimiting;

namespace ChatHub.Server.Hosting.Load;

/// <summary>One call's share of its user's <see cref="AnswerBudget"/>, until its answer is written: after that, and not before, SignalR disposes the call's scope.</summary>
internal sealed class AnswerShare : IDisposable
{
    private ConnectionAnswers? _answers;
    private RateLimitLease? _lease;

    public void Hold(ConnectionAnswers answers, RateLimitLease lease)
    {
        (_answers, _lease) = (answers, lease);
        answers.Begin();
    }

    public void Dispose()
    {
        _answers?.End();
        _lease?.Dispose();
    }
}
