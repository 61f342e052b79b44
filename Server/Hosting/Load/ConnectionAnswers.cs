using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting.Load;

/// <summary>The answers that one connection has still to take.</summary>
internal sealed class ConnectionAnswers(HubConnectionContext connection, AnswerBudget budget, TimeProvider time)
{
    private int _open;
    private long _progressAt = time.GetTimestamp();

    public AnswerBudget Budget => budget;

    public string UserId => connection.UserIdentifier!;

    /// <summary>A call is let in; see <see cref="End"/>.</summary>
    public void Begin()
    {
        if (Interlocked.Increment(ref _open) == 1)
            Volatile.Write(ref _progressAt, time.GetTimestamp());
    }

    /// <summary>Its answer was taken.</summary>
    public void End()
    {
        Volatile.Write(ref _progressAt, time.GetTimestamp());
        Interlocked.Decrement(ref _open);
    }

    public void CloseIfStuck(TimeSpan after)
    {
        if (Volatile.Read(ref _open) > 0 && time.GetElapsedTime(Volatile.Read(ref _progressAt)) >= after)
            connection.Abort();
    }
}
