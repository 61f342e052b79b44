namespace ChatHub.Terminal.Input;

/// <summary>The program, or one of its commands, was called with wrong arguments; the message shows how to call it.</summary>
internal sealed class UsageException(string message) : Exception(message);
