namespace ChatHub.Server.Delivery;

/// <summary>Local connections first, then the other instances.</summary>
public sealed class Delivery(LocalDelivery local, IBackplane backplane) : IDelivery
{
    public void Deliver(UserEvent e) => backplane.Deliver(e, local.Deliver(e));
}
