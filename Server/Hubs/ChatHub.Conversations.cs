using ChatHub.Contracts;

namespace ChatHub.Server.Hubs;

public sealed partial class ChatHub
{
    public Task<Page<Conversation>> ListConversations(ListConversationsInput input) => conversations.Queries.ListAsync(Caller, input, Aborted);
    public Task<Conversation> GetConversation(ConversationInput input) => conversations.Queries.GetAsync(Caller, input, Aborted);
    public Task<MessagePage> GetMessages(GetMessagesInput input) => conversations.Queries.MessagesAsync(Caller, input, Aborted);
    public Task<MessageReceived> SendMessage(SendMessageInput input) => conversations.Send.SendAsync(Caller, input, Aborted);
    public Task<MessageChanged> EditMessage(EditMessageInput input) => conversations.Changes.EditAsync(Caller, input, Aborted);
    public Task<MessageChanged> RemoveMessage(RemoveMessageInput input) => conversations.Changes.RemoveAsync(Caller, input, Aborted);
    public Task<MessageChanged> React(ReactInput input) => conversations.Changes.ReactAsync(Caller, input, Aborted);
    public Task<ConversationChanged> UpdateConversation(UpdateConversationInput input) => conversations.View.UpdateAsync(Caller, input, Aborted);
    public Task<ConversationChanged> ClearConversation(ClearConversationInput input) => conversations.View.ClearAsync(Caller, input, Aborted);
    public Task<MessagesSeen> MarkSeen(MarkSeenInput input) => conversations.MarkSeen.MarkAsync(Caller, input, Aborted);
    public Task<Nothing> SetTyping(ConversationInput input) => conversations.Typing.SetAsync(Caller, input, Aborted);
}
