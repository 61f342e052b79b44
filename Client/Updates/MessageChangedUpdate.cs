using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// A message was edited, removed or reacted to, by either side. It may be one that the application never loaded, and it
/// may be delivered again: of two versions of a message the one with the higher <c>change</c> is valid.
/// </summary>
/// <param name="Message">The message in its present state.</param>
/// <param name="LastChange">The conversation's latest change with it.</param>
public sealed record MessageChangedUpdate(Message Message, long LastChange) : Update;
