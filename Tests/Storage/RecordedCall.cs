using ChatHub.Server.Storage;

namespace ChatHub.Tests.Storage;

/// <summary>One run of a prepared statement.</summary>
/// <param name="Method">The store's method that ran it.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Bound">Its parameters, each with the argument or property whose value it was bound to; null for a constant.</param>
internal sealed record RecordedCall(string Method, PreparedStatement Statement, IReadOnlyList<(string Parameter, string? Source)> Bound)
{
    public string? Source(string parameter) => Bound.Single(bound => bound.Parameter == parameter).Source;
}
