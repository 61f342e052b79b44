using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>A request, incoming or outgoing, in its present state.</summary>
/// <param name="Request">The request.</param>
public sealed record RequestUpdate(Request Request) : Update;
