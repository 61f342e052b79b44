namespace ChatHub.Contracts;

/// <summary>Whether the caller received or sent a request.</summary>
public enum RequestDirection
{
    /// <summary>Received.</summary>
    Incoming,

    /// <summary>Sent.</summary>
    Outgoing,
}
