namespace ChatHub.Terminal.FullScreen;

/// <summary>One input of a person: a key, or a pasted text, which may have several lines.</summary>
internal readonly record struct KeyInput(ConsoleKeyInfo Key, string? Pasted = null);
