namespace ChatHub.Server.Requests.Hooks;

/// <summary>A contact that a call is about.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="OtherId">The id of the other side, as given.</param>
/// <param name="Text">The request's text; null for none.</param>
public readonly record struct Contact(Caller Caller, string OtherId, string? Text);
