using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>Maps a change, or a page of Sync, to steps. Pure except for the record of delivered messages.</summary>
internal static class StepMapper
{
    /// <summary>The steps of one event or result, its badges last.</summary>
    public static IEnumerable<Step> Of(IVersioned change, DeliveredMessages delivered) => change switch
    {
        MeChanged e => Publish(new MeUpdate(e.Me)),
        _ => [.. Content(change, delivered), .. Publish(new BadgesUpdate(change.Badges))],
    };

    /// <summary>The steps of a page of Sync. Its <c>me</c> is valid on the last page only.</summary>
    public static IEnumerable<Step> Of(SyncPage page, DeliveredMessages delivered) =>
    [
        .. page.Conversations.SelectMany(conversation => Of(conversation, delivered)),
        .. page.Requests.SelectMany(Of),
        .. page.RemovedRequestIds.SelectMany(Removed),
        .. page.HasMore ? [] : Publish(new MeUpdate(page.Me)),
    ];

    private static IEnumerable<Step> Content(IVersioned change, DeliveredMessages delivered) => change switch
    {
        RequestReceived e => Of(e.Request),
        RequestChanged e => [.. Of(e.Request), .. Of(e.AcceptedRequest), .. Of(e.Conversation, delivered)],
        RequestAccepted e => [.. Of(e.Request), .. Of(e.Conversation, delivered)],
        RequestRemoved e => Removed(e.RequestId),
        RequestsRemoved e => e.RequestIds.SelectMany(Removed),
        RequestRestored e => Of(e.Request),
        MessageReceived e => Message(e, delivered),
        MessageChanged e => delivered.Change(e),
        MessagesSeen e => Publish(new SeenUpdate(e.ConversationId, e.SeenBy, e.Seq, e.At, e.UnreadCount)),
        ConversationChanged e => Of(e.Conversation, delivered),
        BlockChanged e =>
        [
            .. Publish(new BlockUpdate(e.UserId, e.YouBlocked)),
            .. Of(e.Conversation, delivered),
            .. Of(e.WithdrawnRequest),
            .. e.RemovedRequestIds.SelectMany(Removed),
        ],
        _ => [],
    };

    private static IEnumerable<Step> Message(MessageReceived e, DeliveredMessages delivered) =>
    [
        .. e.Conversation is { } conversation ? Publish(new ConversationUpdate(conversation)) : [],
        .. delivered.Add(e.Message, e.UnreadCount),
    ];

    /// <summary>The conversation comes first, so that the application knows it when its messages arrive.</summary>
    private static IEnumerable<Step> Of(Conversation? conversation, DeliveredMessages delivered) => conversation is null
        ? []
        : [.. Publish(new ConversationUpdate(conversation)), .. delivered.CatchUp(conversation)];

    private static IEnumerable<Step> Of(Request? request) => request is null ? [] : Publish(new RequestUpdate(request));

    private static IEnumerable<Step> Removed(string requestId) => Publish(new RequestRemovedUpdate(requestId));

    private static IEnumerable<Step> Publish(Update update) => [new Step.Publish(update)];
}
