namespace ChatHub.Server.Conversations;

/// <summary>The module's use cases, as the hub calls them.</summary>
public sealed record ConversationUseCases(
    ConversationQueries Queries,
    SendMessageService Send,
    MessageChangeService Changes,
    ConversationViewService View,
    MarkSeenService MarkSeen,
    TypingService Typing,
    SettingsService Settings);
