using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen;

/// <summary>Where commands write at the full screen: the board's page of answers.</summary>
internal sealed class BoardScreen(Board board, Loop loop, TimeProvider time) : IScreen
{
    public void Write(Line line, DateTimeOffset? at = null)
    {
        var stamped = at is { } instant
            ? new Line([new Span($"{Clock.Of(instant, time.GetLocalNow())} ", Tone.Muted), .. line.Spans])
            : line;
        loop.TryPut(() => board.Answer(stamped));
    }
}
