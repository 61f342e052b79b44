namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>A body that its endpoint reads itself. Not the framework's own metadata: that would refuse other content types.</summary>
internal sealed record RawBody(string Description, Type? Line, IReadOnlyList<string> ContentTypes);
