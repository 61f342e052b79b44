namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>
/// Decides what an entered line does. Outside a chat every line is a command. In a chat <c>/block bob</c> is a command,
/// <c>//text</c> is the message "/text", and a line that begins with a command's name, which was probably meant as one, is
/// asked about before it is sent.
/// </summary>
/// <param name="isCommand">Whether a line begins with the name of a command.</param>
internal sealed class LineRouter(Func<string, bool> isCommand)
{
    private string? _asked;

    /// <param name="text">The line, not empty.</param>
    /// <param name="isInChat">Whether a chat is on the screen.</param>
    public EnteredLine Route(string text, bool isInChat)
    {
        var wasAsked = text == _asked;
        _asked = null;
        if (!isInChat)
            return new EnteredLine.Command(text.TrimStart('/'));
        if (text.StartsWith("//", StringComparison.Ordinal))
            return new EnteredLine.Message(text[1..]);
        if (text[0] == '/')
            return new EnteredLine.Command(text[1..]);
        if (wasAsked || !isCommand(text))
            return new EnteredLine.Message(text);
        _asked = text;
        return new EnteredLine.Question(text);
    }
}
