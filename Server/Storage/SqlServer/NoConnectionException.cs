using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// No connection could be had, for a reason that SqlClient reports as misuse: the pool, which opens its connections one by one
/// and waits for each that cannot be made, had none in time; or what listens there speaks another protocol.
/// </summary>
internal sealed class NoConnectionException(Exception inner) : Exception(inner.Message, inner)
{
    /// <param name="connection">To be opened.</param>
    /// <param name="limit">Ends the wait, whatever the pool is waiting for.</param>
    /// <param name="cancellation">The caller's own; what it cancels stays cancelled.</param>
    public static async Task OpenAsync(SqlConnection connection, CancellationToken limit, CancellationToken cancellation)
    {
        try
        {
            await connection.OpenAsync(limit);
        }
        catch (Exception e) when (e is InvalidOperationException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new NoConnectionException(e);
        }
    }
}
