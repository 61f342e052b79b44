using ChatHub.Contracts;
using ChatHub.Server.Requests;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Races;

/// <summary>An erased account's connections are closed, but a call may be on its way at that moment.</summary>
public sealed class ErasedCallerTests
{
    [Fact]
    public async Task Call_after_its_callers_erasure_is_not_executed()
    {
        await using var server = await InProcessServer.StartAsync();
        await using var bob = await server.ConnectAsync("bob");
        var alice = await Account.SignUpAsync(server, "alice");
        var key = Assert.Single(await server.Database.ListAsync<long>("SELECT user_key FROM users WHERE user_id = @Id", new { alice.Id }));
        await server.Services.GetRequiredService<ErasureService>().EraseAsync(alice.Id, TestTimeouts.Token);

        var late = server.Services.GetRequiredService<SendRequestService>().SendAsync(
            new Caller(new(key, alice.Id), ConnectionId: null), new() { RecipientId = bob.Id, Text = "Hello?", ClientId = "c" }, TestTimeouts.Token);

        await Wire.RefusedAsync(ErrorCodes.Unauthenticated, late);
        await bob.ReceivedNothingElseAsync();
    }
}
