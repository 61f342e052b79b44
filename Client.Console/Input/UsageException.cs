namespace ChatHub.Terminal.Input;

/// <summary>The program, or one of its commands, was called wrongly; the message tells how to call it.</summary>
internal sealed class UsageException(string message) : Exception(message);
