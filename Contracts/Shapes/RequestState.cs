namespace ChatHub.Contracts;

/// <summary>The state of a request.</summary>
public enum RequestState
{
    /// <summary>Sent, and open.</summary>
    Pending,

    /// <summary>Accepted: the conversation is open.</summary>
    Accepted,

    /// <summary>Withdrawn by its sender.</summary>
    Withdrawn,

    /// <summary>Not accepted within its lifetime.</summary>
    Expired,
}
