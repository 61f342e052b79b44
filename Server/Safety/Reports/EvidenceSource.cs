namespace ChatHub.Server.Safety.Reports;

/// <summary>Names a text of a request or a message: a report copies each once.</summary>
public readonly record struct EvidenceSource(string? RequestId, string? ConversationId, long? Seq, string Text);
