namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>An endpoint's own error codes.</summary>
internal sealed record RefusalCodes(IReadOnlyList<string> Codes);
