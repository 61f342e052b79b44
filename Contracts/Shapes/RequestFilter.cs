namespace ChatHub.Contracts;

/// <summary>Which requests a list shows.</summary>
public enum RequestFilter
{
    /// <summary>Open requests.</summary>
    Pending,

    /// <summary>Accepted requests.</summary>
    Accepted,

    /// <summary>Requests in any state.</summary>
    All,
}
