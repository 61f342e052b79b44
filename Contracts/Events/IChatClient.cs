namespace ChatHub.Contracts;

/// <summary>The events that the server sends: each method's name is the event's name on the wire.</summary>
public interface IChatClient
{
    Task RequestReceived(RequestReceived e);
    Task RequestChanged(RequestChanged e);
    Task RequestAccepted(RequestAccepted e);
    Task RequestRemoved(RequestRemoved e);
    Task RequestsRemoved(RequestsRemoved e);
    Task RequestRestored(RequestRestored e);
    Task MessageReceived(MessageReceived e);
    Task MessagesSeen(MessagesSeen e);
    Task ConversationChanged(ConversationChanged e);
    Task BlockChanged(BlockChanged e);
    Task MeChanged(MeChanged e);
    Task Typing(Typing e);
    Task PresenceChanged(PresenceChanged e);
    Task Position(Position e);
    Task ServerDraining(ServerDraining e);
}
