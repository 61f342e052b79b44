using System.Runtime.ExceptionServices;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>A command on its way through the writer.</summary>
internal abstract class SqliteWrite
{
    /// <summary>Whether the command threw; then <see cref="Finish"/> hands the exception to its caller.</summary>
    public bool Failed => Failure is not null;
    protected ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Why the database could not be written, if that is why it failed.</summary>
    public StorageUnavailableException? Outage => Failure?.SourceException as StorageUnavailableException;

    /// <summary>Runs (or runs again) the command on the writer's thread.</summary>
    public void Run(DbSession session)
    {
        Failure = null;
        try
        {
            Invoke(session);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    public void Fail(Exception e) => Failure = ExceptionDispatchInfo.Capture(SqliteFaults.Translate(e));

    /// <summary>Tells the caller how it ended, after the commit.</summary>
    public abstract void Finish();

    protected abstract void Invoke(DbSession session);
}

/// <inheritdoc/>
internal sealed class SqliteWrite<T>(
    Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) : SqliteWrite
{
    // What waits for it runs right where the group is finished: the answers of a group leave without a hand-over each.
    private readonly TaskCompletionSource<T> _answer = new();
    private T? _result;

    public Task<T> Answer => _answer.Task;

    protected override void Invoke(DbSession session)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = command(session);
        if (!task.IsCompleted)
            throw new InvalidOperationException("A command awaited something other than its session, and would hold up the writer.");
        _result = task.GetAwaiter().GetResult();
    }

    public override void Finish()
    {
        if (Failure is null)
        {
            try
            {
                committed?.Invoke(_result!);
            }
            finally
            {
                _answer.SetResult(_result!);
            }
        }
        else if (Failure.SourceException is OperationCanceledException)
        {
            _answer.SetCanceled(cancellation);
        }
        else
        {
            _answer.SetException(Failure.SourceException);
        }
    }
}
