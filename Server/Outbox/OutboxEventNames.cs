namespace ChatHub.Server.Outbox;

/// <summary>The names of events on the wire: in webhooks, their setting <c>Events</c>, and pushes.</summary>
public static class OutboxEventNames
{
    private static readonly Dictionary<OutboxEventType, string> Names = new()
    {
        [OutboxEventType.RequestReceived] = "request.received",
        [OutboxEventType.RequestAccepted] = "request.accepted",
        [OutboxEventType.MessageReceived] = "message.received",
        [OutboxEventType.ReportCreated] = "report.created",
        [OutboxEventType.UserBanned] = "user.banned",
        [OutboxEventType.UserErased] = "user.erased",
        [OutboxEventType.UserExported] = "user.exported",
    };

    public static IReadOnlyCollection<string> All => Names.Values;

    /// <summary>For operators, the type that has no name on the wire too.</summary>
    public static string Of(OutboxEventType type) => Names.GetValueOrDefault(type, "void");
}
