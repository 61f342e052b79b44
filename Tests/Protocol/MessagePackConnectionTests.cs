using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>What the real server does with MessagePack that is malformed, does not bind, or is too long.</summary>
public sealed class MessagePackConnectionTests(SharedServer server)
{
    [Theory]
    [InlineData("00")]
    [InlineData("01 06")]
    [InlineData("02 91 c0")]
    [InlineData("ff ff ff ff ff")]
    [InlineData("06 95 01 80 c0 a0 90")]
    [InlineData("0b 95 01 82 a1 61 a1 62 a1 61 a1 63")]
    public async Task Connection_that_sends_no_message_is_closed_with_an_error(string bytes)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.NotNull((await socket.ReceiveAsync<CloseMessage>()).Error);
    }

    [Fact]
    public async Task Connection_that_sends_more_than_64_KiB_is_closed_with_an_error()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Call(new SearchUsersInput { Query = new string('x', Limits.HubMessageBytes + Limits.HubFramingBytes) }));
        Assert.NotNull((await socket.ReceiveAsync<CloseMessage>()).Error);
    }

    [Theory]
    [InlineData("07")]
    [InlineData("81 a5 71 75 65 72 79 05")]
    [InlineData("81 a5 71 75 65 72 79 a1 ff")]
    [InlineData("81 a5 6c 69 6d 69 74 cb 40 14 00 00 00 00 00 00")]
    [InlineData("81 a5 71 75 65 72 79")]
    public async Task Call_whose_argument_does_not_bind_fails_and_the_connection_stays(string argument)
    {
        using var socket = await ConnectAsync();
        byte[] start = [0x96, 0x01, 0x80, 0xab, .. "SearchUsers"u8, 0xab, .. "SearchUsers"u8, 0x91];
        await socket.SendAsync(Frames.Of([.. start, .. Convert.FromHexString(argument.Replace(" ", "", StringComparison.Ordinal)), 0x90]));
        Assert.NotNull((await socket.ReceiveAsync<CompletionMessage>()).Error);

        await socket.SendAsync(Call(new SearchUsersInput { Query = "mira" }));
        Assert.IsType<Page<UserCard>>((await socket.ReceiveAsync<CompletionMessage>()).Result);
    }

    private static ReadOnlyMemory<byte> Call(SearchUsersInput input) =>
        HubProtocols.Pack.GetMessageBytes(new InvocationMessage("SearchUsers", "SearchUsers", [input]));

    private async Task<PackSocket> ConnectAsync() =>
        await PackSocket.ConnectAsync(server, (await Account.SignUpAsync(server, "mira")).Token);
}
