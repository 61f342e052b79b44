using ChatHub.Server.Storage.SqlServer;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Tds;
using Microsoft.Data.SqlClient;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>
/// How faults are sorted, as the real client reports them: each comes over the wire from the proxy. Numbers and classes are
/// those of sys.messages and of Microsoft's list of transient errors of Azure SQL. Needs no server.
/// </summary>
public sealed class SqlServerFaultKindTests
{
    [Theory]
    [InlineData(1205, 13, FaultKind.Conflict, true)]
    [InlineData(1222, 16, FaultKind.Conflict, false)]
    [InlineData(2601, 14, FaultKind.Unseen, false)]
    [InlineData(2627, 14, FaultKind.Unseen, false)]
    [InlineData(701, 17, FaultKind.Outage, false)]
    [InlineData(1204, 19, FaultKind.Outage, false)]
    [InlineData(3906, 16, FaultKind.Outage, false)]
    [InlineData(4060, 11, FaultKind.Outage, false)]
    [InlineData(8645, 17, FaultKind.Outage, false)]
    [InlineData(10928, 16, FaultKind.Outage, false)]
    [InlineData(40613, 14, FaultKind.Outage, false)]
    [InlineData(40613, 20, FaultKind.Outage, false)]
    [InlineData(596, 21, FaultKind.Outage, false)]
    [InlineData(50000, 20, FaultKind.Outage, false)]
    [InlineData(3902, 16, FaultKind.Conflict, true)]
    [InlineData(3930, 16, FaultKind.Conflict, true)]
    // What snapshot isolation would raise, which nothing here asks for.
    [InlineData(3952, 16, FaultKind.Permanent, false)]
    [InlineData(3956, 16, FaultKind.Permanent, false)]
    [InlineData(18456, 14, FaultKind.Permanent, false)]
    [InlineData(208, 16, FaultKind.Permanent, false)]
    [InlineData(547, 16, FaultKind.Permanent, false)]
    internal async Task A_fault_is_sorted_by_its_number_and_class(int number, byte severity, FaultKind kind, bool isRolledBack)
    {
        await using var server = new FakeTdsServer();
        await using var proxy = new TdsProxy("127.0.0.1", server.Port);
        proxy.On(request => request.Contains("UPDATE"), TdsAction.Fail(new TdsError(number, severity, 1, "chosen")));
        await using var connection = new SqlConnection(
            $"Server=127.0.0.1,{proxy.Port};Database=chathub;User Id=sa;Password=x;Encrypt=false;Pooling=false;ConnectRetryCount=0");
        await connection.OpenAsync(TestTimeouts.Token);
        await using var command = new SqlCommand("UPDATE t SET a = 1", connection);

        var fault = await Assert.ThrowsAsync<SqlException>(() => command.ExecuteNonQueryAsync(TestTimeouts.Token));

        Assert.Equal(kind, SqlServerFaults.Kind(fault));
        Assert.Equal(isRolledBack, SqlServerFaults.IsRolledBack(fault));
    }
}
