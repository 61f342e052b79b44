using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Messages of one sender in one chat are limited; the sender's other chats and the peer are not.</summary>
public sealed class ChatLimitTests
{
    [Fact]
    public async Task Messages_beyond_the_limit_of_their_sender_and_chat_are_rate_limited()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:MessagesPerChatPerMinute", "3"));
        await using var chat = await server.OpenChatAsync();
        await using var carol = await server.ConnectUserAsync("carol");
        var other = (await carol.AcceptAsync((await chat.Alice.RequestAsync(carol)).Request.RequestId)).Conversation.ConversationId;
        for (var i = 0; i < 3; i++)
            await chat.Alice.SayAsync(chat.Id, $"{i}");

        var refusal = await Wire.RefusedAsync(ErrorCodes.RateLimited, chat.Alice.SayAsync(chat.Id, "Too much"));
        Assert.Equal(TimeSpan.FromSeconds(20), refusal.RetryAfter);
        await chat.Alice.SayAsync(other, "Elsewhere");
        await chat.Bob.SayAsync(chat.Id, "Slow down.");
        Assert.Equal(5, (await chat.Bob.Hub.GetConversation(new() { ConversationId = chat.Id })).LastSeq);

        server.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(6, (await chat.Alice.SayAsync(chat.Id, "Now")).Message.Seq);
        await Wire.RefusedAsync(ErrorCodes.RateLimited, chat.Alice.SayAsync(chat.Id, "Too much again"));
    }

    [Fact]
    public async Task Ids_that_cannot_exist_are_not_found_and_not_counted()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:MessagesPerChatPerMinute", "1"));
        await using var alice = await server.ConnectUserAsync("alice");
        var longId = new string('x', 30_000);
        for (var i = 0; i < 3; i++)
            await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, alice.SayAsync(longId, "Hello"));
    }

    [Fact]
    public void Default_is_300_a_minute() => Assert.Equal(300, new LimitOptions().MessagesPerChatPerMinute);
}
