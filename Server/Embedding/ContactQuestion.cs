namespace ChatHub.Server.Embedding;

/// <summary>A contact that the host's policy decides.</summary>
/// <param name="SenderId">The user who would send the request.</param>
/// <param name="RecipientId">The user who would receive it.</param>
/// <param name="Text">The request's text; null for OpenConversation and the message button, which have none.</param>
public sealed record ContactQuestion(string SenderId, string RecipientId, string? Text);
