namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>What an entered line does.</summary>
internal abstract record EnteredLine
{
    /// <summary>Send a message in the open chat.</summary>
    internal sealed record Message(string Text) : EnteredLine;

    /// <summary>Run a command.</summary>
    internal sealed record Command(string Text) : EnteredLine;

    /// <summary>Ask whether a line that begins with a command's name is meant as a message: entered again, it is.</summary>
    internal sealed record Question(string Text) : EnteredLine;
}
