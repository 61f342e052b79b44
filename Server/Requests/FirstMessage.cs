namespace ChatHub.Server.Requests;

/// <summary>A request's text on its way into the chat.</summary>
public readonly record struct FirstMessage(long Sender, long Peer, string ClientId, string Text, long SentAt);
