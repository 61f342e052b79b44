using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>Takes a change apart into what the application is told. Pure but for what it learns of messages.</summary>
internal static class ChangeSteps
{
    /// <summary>The steps of one event or answer, its badges last.</summary>
    public static IEnumerable<Step> Of(IVersioned change, KnownMessages known) => change switch
    {
        MeChanged e => Tell(new MeUpdate(e.Me)),
        _ => [.. Content(change, known), .. Tell(new BadgesUpdate(change.Badges))],
    };

    /// <summary>The steps of a page of catching up. What the user is comes with the last page.</summary>
    public static IEnumerable<Step> Of(SyncPage page, KnownMessages known) =>
    [
        .. page.Conversations.SelectMany(conversation => Of(conversation, known)),
        .. page.Requests.SelectMany(Of),
        .. page.RemovedRequestIds.SelectMany(Removed),
        .. page.HasMore ? [] : Tell(new MeUpdate(page.Me)),
    ];

    private static IEnumerable<Step> Content(IVersioned change, KnownMessages known) => change switch
    {
        RequestReceived e => Of(e.Request),
        RequestChanged e => [.. Of(e.Request), .. Of(e.AcceptedRequest), .. Of(e.Conversation, known)],
        RequestAccepted e => [.. Of(e.Request), .. Of(e.Conversation, known)],
        RequestRemoved e => Removed(e.RequestId),
        RequestsRemoved e => e.RequestIds.SelectMany(Removed),
        RequestRestored e => Of(e.Request),
        MessageReceived e => Message(e, known),
        MessagesSeen e => Tell(new SeenUpdate(e.ConversationId, e.SeenBy, e.Seq, e.At, e.UnreadCount)),
        ConversationChanged e => Of(e.Conversation, known),
        BlockChanged e =>
        [
            .. Tell(new BlockUpdate(e.UserId, e.YouBlocked)),
            .. Of(e.Conversation, known),
            .. Of(e.WithdrawnRequest),
            .. e.RemovedRequestIds.SelectMany(Removed),
        ],
        _ => [],
    };

    private static IEnumerable<Step> Message(MessageReceived e, KnownMessages known) =>
    [
        .. e.Conversation is { } conversation ? Tell(new ConversationUpdate(conversation)) : [],
        .. known.Add(e.Message, e.UnreadCount),
    ];

    /// <summary>The conversation first, so that its messages have a place to stand in.</summary>
    private static IEnumerable<Step> Of(Conversation? conversation, KnownMessages known) => conversation is null
        ? []
        : [.. Tell(new ConversationUpdate(conversation)), .. known.CatchUp(conversation)];

    private static IEnumerable<Step> Of(Request? request) => request is null ? [] : Tell(new RequestUpdate(request));

    private static IEnumerable<Step> Removed(string requestId) => Tell(new RequestRemovedUpdate(requestId));

    private static IEnumerable<Step> Tell(Update update) => [new Step.Tell(update)];
}
