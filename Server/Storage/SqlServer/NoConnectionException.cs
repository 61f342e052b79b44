using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// No connection could be had, for a reason that SqlClient reports as misuse: the pool, which opens its connections one by one
/// and waits for each that cannot be made, had none in time; or what listens there speaks another protocol.
/// </summary>
internal sealed class NoConnectionException(Exception inner) : Exception(inner.Message, inner)
{
    public static async Task OpenAsync(SqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await connection.OpenAsync(cancellation);
        }
        catch (InvalidOperationException e)
        {
            throw new NoConnectionException(e);
        }
    }
}
