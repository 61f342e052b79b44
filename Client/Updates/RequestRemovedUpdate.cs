namespace ChatHub.Client;

/// <summary>A request left the user's folder.</summary>
/// <param name="RequestId">The request.</param>
public sealed record RequestRemovedUpdate(string RequestId) : Update;
