namespace ChatHub.Server.Requests;

/// <summary>What answering or taking back a request leads to.</summary>
public enum RequestTransition
{
    /// <summary>It is carried out.</summary>
    Apply,
    /// <summary>It was done before: the present state is the answer.</summary>
    AlreadyApplied,
    /// <summary>It is too late for it.</summary>
    Closed,
    /// <summary>Not the caller's to see.</summary>
    NotFound,
}
