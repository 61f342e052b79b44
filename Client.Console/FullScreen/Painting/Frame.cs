using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>A whole screen: its rows from the top, none wider than the terminal, and the column of the cursor in the last one.</summary>
internal sealed record Frame(IReadOnlyList<Line> Rows, int CursorColumn);
