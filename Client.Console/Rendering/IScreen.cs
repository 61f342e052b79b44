namespace ChatHub.Terminal.Rendering;

/// <summary>The output of commands: a stream of text, or a page of the full screen.</summary>
internal interface IScreen
{
    /// <param name="line">The line.</param>
    /// <param name="at">When it happened, if that matters.</param>
    void Write(Line line, DateTimeOffset? at = null);
}
