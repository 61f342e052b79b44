using System.Runtime.ExceptionServices;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>A queued command: run by the writer thread, completed after its group's commit.</summary>
internal abstract class SqliteWrite
{
    /// <summary>Whether the command threw; then <see cref="Complete"/> passes the exception to its caller.</summary>
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

    /// <summary>Completes the caller's task, after the commit.</summary>
    public abstract void Complete();

    protected abstract void Invoke(DbSession session);
}

/// <inheritdoc/>
internal sealed class SqliteWrite<T>(
    Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) : SqliteWrite
{
    // Continuations run on the dispatcher's thread: the results of a group leave without a thread switch each.
    private readonly TaskCompletionSource<T> _completion = new();
    private T? _result;

    public Task<T> Completion => _completion.Task;

    protected override void Invoke(DbSession session)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = command(session);
        if (!task.IsCompleted)
            throw new InvalidOperationException("A command awaited something other than its session, and would block the writer.");
        _result = task.GetAwaiter().GetResult();
    }

    public override void Complete()
    {
        if (Failure is null)
        {
            try
            {
                committed?.Invoke(_result!);
            }
            finally
            {
                _completion.SetResult(_result!);
            }
        }
        else if (Failure.SourceException is OperationCanceledException)
        {
            _completion.SetCanceled(cancellation);
        }
        else
        {
            _completion.SetException(Failure.SourceException);
        }
    }
}
