namespace ChatHub.Terminal.Rendering;

/// <summary>A colour by its meaning. The text always says the same: colour never carries a meaning alone.</summary>
internal enum Tone
{
    Plain,

    /// <summary>Times and hints.</summary>
    Muted,

    /// <summary>The user's own message, sent.</summary>
    Blue,

    /// <summary>The user's own message, seen.</summary>
    Green,

    /// <summary>The red dot, and errors.</summary>
    Red,
}
