namespace ChatHub.Terminal.Rendering;

/// <summary>Where commands write their lines: a stream of text, or a page of the full screen.</summary>
internal interface IScreen
{
    /// <param name="line">What to show.</param>
    /// <param name="at">When it happened, if that is worth showing.</param>
    void Write(Line line, DateTimeOffset? at = null);
}
