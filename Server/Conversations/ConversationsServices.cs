using ChatHub.Server.Conversations.Idempotency;

namespace ChatHub.Server.Conversations;

/// <summary>Registers the module.</summary>
public static class ConversationsServices
{
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<ConversationStore>()
        .AddSingleton<MessageStore>()
        .AddSingleton<ChatFactsStore>()
        .AddSingleton<IdempotencyStore>()
        .AddSingleton<AgeGate>()
        .AddSingleton<FirstMessageStore>()
        .AddSingleton<SendMessageService>()
        .AddSingleton<MarkSeenService>()
        .AddSingleton<EarlierTextStore>()
        .AddSingleton<ClearingStore>()
        .AddSingleton<RequestTextStore>()
        .AddSingleton<MessageChangeStore>()
        .AddSingleton<MessageChangeService>()
        .AddSingleton<ChatClearing>()
        .AddSingleton<ConversationViewService>()
        .AddSingleton<MessageExpiryStore>()
        .AddSingleton<MessageExpiry>()
        .AddSingleton<TypingService>()
        .AddSingleton<ConversationQueries>()
        .AddSingleton<SettingsService>()
        .AddSingleton<PresenceStore>()
        .AddSingleton<PresenceService>()
        .AddHostedService(provider => provider.GetRequiredService<PresenceService>())
        .AddSingleton<ConversationUseCases>();
}
