namespace ChatHub.Server.Delivery;

/// <summary>What the names of an <see cref="Audience"/> are.</summary>
public enum AudienceKind
{
    All,
    Connections,
    Users,
    Groups,
}
