namespace ChatHub.Contracts;

/// <summary>The recipient's folders of pending requests.</summary>
public enum RequestFolder
{
    /// <summary>The Requests folder.</summary>
    Main,

    /// <summary>Kept apart by the recipient's own settings, or beyond what one recipient receives in a day.</summary>
    Filtered,

    /// <summary>Turned down; the sender sees no difference.</summary>
    Deleted,
}
