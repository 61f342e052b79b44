using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>Typing: live only, at most once a second, and silently ignored where a message would be refused.</summary>
public sealed class TypingTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Typing_within_a_second_is_pushed_once()
    {
        await using var chat = await server.OpenChatAsync();
        for (var i = 0; i < 5; i++)
            await TypeAsync(chat.Alice, chat.Id);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await TypeAsync(chat.Alice, chat.Id);
        // The other way they count apart.
        await TypeAsync(chat.Bob, chat.Id);
        Assert.Equal(chat.Bob.Id, (await chat.Alice.Received.Typing.NextAsync()).UserId);

        await AfterAllAsync(chat.Alice, chat.Bob, chat.Id);
        Assert.Equal([(chat.Id, chat.Alice.Id), (chat.Id, chat.Alice.Id)], chat.Bob.Received.Typing.TakeAll().Select(t => (t.ConversationId, t.UserId)));
    }

    [Theory]
    [InlineData("banned")]
    [InlineData("off")]
    [InlineData("blocks")]
    [InlineData("blocked")]
    [InlineData("peer off")]
    public async Task Typing_is_ignored_where_a_message_would_be_refused(string circumstance)
    {
        await using var chat = await server.OpenChatAsync();
        await (circumstance switch
        {
            "banned" => server.BanAsync(chat.Alice, hours: 1),
            "off" => chat.Alice.SetAsync(MessagingPolicy.Nobody),
            "blocks" => chat.Alice.BlockAsync(chat.Bob),
            "blocked" => chat.Bob.BlockAsync(chat.Alice),
            _ => (Task)chat.Bob.SetAsync(MessagingPolicy.Nobody),
        });
        await TypeAsync(chat.Alice, chat.Id);
        await chat.Bob.ReceivedNothingElseAsync();
        Assert.Empty(chat.Bob.Received.Typing.TakeAll());
    }

    [Fact]
    public async Task Typing_in_an_empty_chat_is_not_pushed()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await bob.FollowAsync(alice);
        var opened = await alice.OpenAsync(bob);
        await TypeAsync(alice, opened.Conversation.ConversationId);
        await bob.ReceivedNothingElseAsync();
        Assert.Empty(bob.Received.Typing.TakeAll());
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, TypeAsync(bob, opened.Conversation.ConversationId));
    }

    /// <summary>Events on one connection arrive in order: once this message is received, no earlier event is in flight.</summary>
    private static async Task AfterAllAsync(Device writer, Device reader, string conversationId)
    {
        await writer.SayAsync(conversationId, "Done");
        await reader.NextAsync<MessageReceived>();
    }

    private static Task<Nothing> TypeAsync(Device device, string conversationId) => device.Hub.SetTyping(new() { ConversationId = conversationId });
}
