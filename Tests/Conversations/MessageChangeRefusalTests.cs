using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>What refuses a change of a message in an open chat, in the contract's order: of two reasons the first one is given.</summary>
public sealed class MessageChangeRefusalTests(SharedServer server)
{
    private static readonly (string Code, Func<ITestServer, Chat, Task> Cause, Func<ITestServer, Chat, Task> End)[] Reasons =
    [
        (ErrorCodes.MessagingBanned, (s, c) => s.BanAsync(c.Alice, hours: 1), (s, c) => s.LiftBanAsync(c.Alice)),
        (ErrorCodes.MessagingDisabled, (_, c) => c.Alice.SetAsync(MessagingPolicy.Nobody), (_, c) => c.Alice.SetAsync(MessagingPolicy.Everyone)),
        (ErrorCodes.YouBlockedUser, (_, c) => c.Alice.BlockAsync(c.Bob), (_, c) => c.Alice.UnblockAsync(c.Bob)),
        (ErrorCodes.MessagingUnavailable, (_, c) => c.Bob.BlockAsync(c.Alice), (_, c) => c.Bob.UnblockAsync(c.Alice)),
        (ErrorCodes.MessagingUnavailable, (_, c) => c.Bob.SetAsync(MessagingPolicy.Nobody), (_, c) => c.Bob.SetAsync(MessagingPolicy.Everyone)),
    ];

    [Fact]
    public async Task Edit_and_React_are_refused_by_the_first_reason_and_removal_and_the_own_view_by_none()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.EditAsync(chat.Id, 1, "Edited");
        await chat.Alice.ReactAsync(chat.Id, 1, "👍");
        foreach (var (_, cause, _) in Reasons)
            await cause(server, chat);

        foreach (var (code, _, end) in Reasons)
        {
            await Wire.RefusedAsync(code, chat.Alice.EditAsync(chat.Id, 2, "Refused"));
            await Wire.RefusedAsync(code, chat.Alice.ReactAsync(chat.Id, 2, "👍"));
            // What is wrong in itself comes before, and so does what was done already.
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.EditAsync(chat.Id, 9, "Not there"));
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.ReactAsync(chat.Id, 9, "👍"));
            Assert.Equal(0, (await chat.Alice.EditAsync(chat.Id, 1, "Edited")).Version);
            Assert.Equal(0, (await chat.Alice.ReactAsync(chat.Id, 1, "👍")).Version);
            await end(server, chat);
        }

        await chat.Alice.EditAsync(chat.Id, 2, "Taken");
        await chat.Alice.ReactAsync(chat.Id, 2, "👍");
        foreach (var (_, cause, _) in Reasons)
            await cause(server, chat);
        Assert.NotEqual(0, (await chat.Alice.RemoveAsync(chat.Id, 2)).Version);
        Assert.NotEqual(0, (await chat.Alice.Hub.UpdateConversation(new() { ConversationId = chat.Id, IsPinned = true })).Version);
        Assert.NotEqual(0, (await chat.Alice.ClearAsync(chat.Id, 1)).Version);
    }

    [Fact]
    public async Task Removed_message_takes_neither_edit_nor_reaction()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.RemoveAsync(chat.Id, 2);

        await Wire.RefusedAsync(ErrorCodes.EditClosed, chat.Alice.EditAsync(chat.Id, 2, "Again"));
        await Wire.RefusedAsync(ErrorCodes.EditClosed, chat.Alice.ReactAsync(chat.Id, 2, "👍"));
        await Wire.RefusedAsync(ErrorCodes.EditClosed, chat.Bob.ReactAsync(chat.Id, 2, "👍"));
        Assert.Equal(0, (await chat.Bob.ReactAsync(chat.Id, 2, null)).Version);
        // A reason of the chat comes before the message's own.
        await chat.Bob.BlockAsync(chat.Alice);
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, chat.Alice.EditAsync(chat.Id, 2, "Again"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(2)]
    public async Task Only_own_messages_can_be_edited_and_removed(long seq)
    {
        // 2 is alice's, 3 does not exist.
        await using var chat = await server.OpenChatWithMessageAsync();
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.EditAsync(chat.Id, seq, "Mine now"));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.RemoveAsync(chat.Id, seq));
        Assert.Equal("Hello", (await chat.Bob.MessageAsync(chat.Id, 2)).Text);
    }

    [Fact]
    public async Task A_chat_that_is_not_the_callers_is_not_found_whatever_else_is_wrong()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await using var carol = await server.ConnectUserAsync("carol");
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, carol.EditAsync(chat.Id, 99, "?"));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, carol.RemoveAsync(chat.Id, 99));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, carol.ReactAsync(chat.Id, 99, "👍"));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, carol.ClearAsync(chat.Id, 99));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, carol.Hub.UpdateConversation(new() { ConversationId = chat.Id }));
    }
}
