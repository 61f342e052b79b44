using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting.Load;

/// <summary>The <see cref="AnswerBudget"/>s of users with a connection here.</summary>
public sealed class AnswerBudgets(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AnswerBudget> _byUser = new(StringComparer.Ordinal);

    /// <summary>How many users have one.</summary>
    internal int Users
    {
        get
        {
            lock (_gate)
                return _byUser.Count;
        }
    }

    /// <summary>A connection begins; see <see cref="Close"/>.</summary>
    internal ConnectionAnswers Open(HubConnectionContext connection)
    {
        lock (_gate)
        {
            var user = connection.UserIdentifier!;
            if (!_byUser.TryGetValue(user, out var budget))
                _byUser.Add(user, budget = new(time));
            var answers = new ConnectionAnswers(connection, budget, time);
            budget.Add(answers);
            return answers;
        }
    }

    /// <summary>A connection has ended. With the user's last one the budget is removed.</summary>
    internal void Close(ConnectionAnswers answers)
    {
        lock (_gate)
        {
            answers.Budget.Remove(answers);
            if (answers.Budget.Connections > 0)
                return;
            _byUser.Remove(answers.UserId);
            answers.Budget.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var budget in _byUser.Values)
                budget.Dispose();
            _byUser.Clear();
        }
    }
}
