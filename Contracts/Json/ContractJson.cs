using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatHub.Contracts;

/// <summary>
/// The one description of every shape: camelCase, enums as strings, instants as RFC 3339, absent values left out.
/// Both hub protocols, HTTP and the SDK use these options.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(InstantConverter),
        typeof(WireEnumConverter<ButtonState>),
        typeof(WireEnumConverter<MessagingPolicy>),
        typeof(WireEnumConverter<PushContent>),
        typeof(WireEnumConverter<RequestDirection>),
        typeof(WireEnumConverter<RequestState>),
        typeof(WireEnumConverter<RequestFilter>),
        typeof(WireEnumConverter<RequestFolder>),
        typeof(WireEnumConverter<MessageStatus>),
        typeof(WireEnumConverter<ConversationState>),
        typeof(WireEnumConverter<ReceiptSetting>),
        typeof(WireEnumConverter<IntroTipCode>),
        typeof(WireEnumConverter<ReportReason>),
        typeof(WireEnumConverter<ReportState>),
        typeof(WireEnumConverter<ReportAction>),
        typeof(WireEnumConverter<AuditAction>),
        typeof(WireEnumConverter<ImportType>),
        typeof(WireEnumConverter<ExportType>),
    ])]
[JsonSerializable(typeof(EmptyInput))]
[JsonSerializable(typeof(PageInput))]
[JsonSerializable(typeof(SearchUsersInput))]
[JsonSerializable(typeof(ListRequestsInput))]
[JsonSerializable(typeof(UserInput))]
[JsonSerializable(typeof(RequestInput))]
[JsonSerializable(typeof(DeleteRequestsInput))]
[JsonSerializable(typeof(ConversationInput))]
[JsonSerializable(typeof(GetProfileInput))]
[JsonSerializable(typeof(UpdateProfileInput))]
[JsonSerializable(typeof(UpdateSettingsInput))]
[JsonSerializable(typeof(AdviseIntroInput))]
[JsonSerializable(typeof(SendRequestInput))]
[JsonSerializable(typeof(SendMessageInput))]
[JsonSerializable(typeof(GetMessagesInput))]
[JsonSerializable(typeof(ListConversationsInput))]
[JsonSerializable(typeof(EditMessageInput))]
[JsonSerializable(typeof(RemoveMessageInput))]
[JsonSerializable(typeof(ReactInput))]
[JsonSerializable(typeof(UpdateConversationInput))]
[JsonSerializable(typeof(ClearConversationInput))]
[JsonSerializable(typeof(MarkSeenInput))]
[JsonSerializable(typeof(ReportInput))]
[JsonSerializable(typeof(SyncInput))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Page<UserCard>))]
[JsonSerializable(typeof(Page<Request>))]
[JsonSerializable(typeof(Page<Conversation>))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(SyncPage))]
[JsonSerializable(typeof(IntroAdvice))]
[JsonSerializable(typeof(ReportReceipt))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(RequestReceived))]
[JsonSerializable(typeof(RequestChanged))]
[JsonSerializable(typeof(RequestAccepted))]
[JsonSerializable(typeof(RequestRemoved))]
[JsonSerializable(typeof(RequestsRemoved))]
[JsonSerializable(typeof(RequestRestored))]
[JsonSerializable(typeof(MessageReceived))]
[JsonSerializable(typeof(MessageChanged))]
[JsonSerializable(typeof(MessagesSeen))]
[JsonSerializable(typeof(ConversationChanged))]
[JsonSerializable(typeof(BlockChanged))]
[JsonSerializable(typeof(MeChanged))]
[JsonSerializable(typeof(Typing))]
[JsonSerializable(typeof(PresenceChanged))]
[JsonSerializable(typeof(Position))]
[JsonSerializable(typeof(ServerDraining))]
[JsonSerializable(typeof(SignUpInput))]
[JsonSerializable(typeof(SignInInput))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Page<SessionInfo>))]
[JsonSerializable(typeof(ChangePasswordInput))]
[JsonSerializable(typeof(PasswordResetInput))]
[JsonSerializable(typeof(PasswordResetCode))]
[JsonSerializable(typeof(EraseInput))]
[JsonSerializable(typeof(InvitesInput))]
[JsonSerializable(typeof(Invites))]
[JsonSerializable(typeof(Page<ReportSummary>))]
[JsonSerializable(typeof(ReportCase))]
[JsonSerializable(typeof(ModeratedUser))]
[JsonSerializable(typeof(ModeratorNoteInput))]
[JsonSerializable(typeof(Page<BannedUser>))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(ResolveReportInput))]
[JsonSerializable(typeof(BanInput))]
[JsonSerializable(typeof(Ban))]
[JsonSerializable(typeof(DirectoryUserInput))]
[JsonSerializable(typeof(Page<DirectoryUser>))]
[JsonSerializable(typeof(AvatarReceipt))]
[JsonSerializable(typeof(PushKey))]
[JsonSerializable(typeof(PushSubscriptionInput))]
[JsonSerializable(typeof(ImportLine))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(ExportLine))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>Gives other options (a hub protocol's, say) this page's rules.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.TypeInfoResolver = Default;
        options.PropertyNamingPolicy = Default.Options.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = Default.Options.DefaultIgnoreCondition;
        options.Converters.Clear();
        foreach (var converter in Default.Options.Converters)
            options.Converters.Add(converter);
    }
}
