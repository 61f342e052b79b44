namespace ChatHub.Server.Delivery;

/// <summary>Delivers events to live connections. Never blocks, never throws because of a receiver, keeps each user's order.</summary>
public interface IDelivery
{
    void Deliver(UserEvent e);
}
