using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>What the connection passes to the <see cref="UpdateLoop"/>.</summary>
internal abstract record Signal
{
    /// <summary>An event, or the result of a call.</summary>
    internal sealed record Change(IVersioned Content) : Signal;

    /// <summary>The server's position.</summary>
    internal sealed record PositionReceived(Position Position) : Signal;

    /// <summary>An update that is not stored: typing, presence.</summary>
    internal sealed record Transient(Update Update) : Signal;

    /// <summary>A connection was established.</summary>
    internal sealed record Connected : Signal;
}
