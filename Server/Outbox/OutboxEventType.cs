namespace ChatHub.Server.Outbox;

/// <summary>What an entry is about. The numbers are the storage format.</summary>
public enum OutboxEventType
{
    /// <summary>Nothing is delivered. Written in the place of an event that must not be visible, so that the time of a call does not show it.</summary>
    Void = 0,
    RequestReceived = 1,
    RequestAccepted = 2,
    MessageReceived = 3,
    ReportCreated = 4,
    UserBanned = 5,
    UserErased = 6,
    UserExported = 7,
}
