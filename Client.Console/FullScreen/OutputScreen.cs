using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The output of commands at the full screen: the model's output page.</summary>
internal sealed class OutputScreen(ScreenModel model, EventLoop loop, TimeProvider time) : IScreen
{
    public void Write(Line line, DateTimeOffset? at = null)
    {
        var stamped = at is { } instant
            ? new Line([new Span($"{Clock.Of(instant, time.GetLocalNow())} ", Tone.Muted), .. line.Spans])
            : line;
        loop.TryPost(() => model.AddOutput(stamped));
    }
}
