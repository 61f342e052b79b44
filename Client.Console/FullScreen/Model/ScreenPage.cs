namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>Which part of the model fills the screen.</summary>
internal enum ScreenPage
{
    Inbox,
    Chat,

    /// <summary>The output of commands.</summary>
    Output,
}
