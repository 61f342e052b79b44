namespace ChatHub.Contracts;

/// <summary>The input of ListRequests.</summary>
public sealed record ListRequestsInput : PageInput
{
    /// <summary>Received or sent requests. Required.</summary>
    public RequestDirection? Direction { get; init; }

    /// <summary>Pending by default for incoming, all by default for outgoing.</summary>
    public RequestFilter? State { get; init; }

    /// <summary>With incoming and pending only; main by default.</summary>
    public RequestFolder? Folder { get; init; }
}
