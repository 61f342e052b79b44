namespace ChatHub.Server.Requests;

/// <summary>A request whose time is over and which is not written as expired yet.</summary>
public readonly record struct ExpiredRequest(long Key);
