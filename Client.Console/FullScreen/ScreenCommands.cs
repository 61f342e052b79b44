using ChatHub.Contracts;
using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The full screen's own commands: the user, and the page.</summary>
internal sealed class ScreenCommands(ScreenUser user, SignIn signIn, MessageLoader loader, ScreenModel model, EventLoop loop)
{
    public IReadOnlyList<Command> All =>
    [
        new("signup", "NAME PASSWORD BIRTHDATE [DISPLAYNAME...]", "create an account; the birth date is YYYY-MM-DD, \"a password with spaces\" goes in quotes", SignUpAsync),
        new("signin", "NAME PASSWORD", "sign in, until you sign out", SignInAsync),
        new("signout", "", "sign out here", SignOutAsync),
        new("inbox", "", "your requests and chats; so does Escape", (_, cancellationToken) => Change(model.ShowInbox, cancellationToken)),
        new("open", "NAME", "open the chat with a user", OpenAsync),
        new("say", "TEXT...", "send a message in the open chat; there, a line without / is sent as well, and // begins a message with /", Say),
        new("quit", "", "leave the program; so does Ctrl+C", (_, _) =>
        {
            loop.Stop();
            return Task.CompletedTask;
        }),
    ];

    private async Task SignUpAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        await signIn.Accounts.SignUpAsync(
            new()
            {
                Username = arguments["NAME"],
                Password = arguments["PASSWORD"],
                BirthDate = arguments["BIRTHDATE"],
                DisplayName = arguments.Find("DISPLAYNAME"),
            },
            cancellationToken);
        await SignInAsync(arguments, cancellationToken);
    }

    private async Task SignInAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var session = await signIn.Accounts.SignInAsync(new() { Username = arguments["NAME"], Password = arguments["PASSWORD"] }, cancellationToken);
        // First: the earlier user's messenger must not reconnect with the new token.
        await user.LeaveAsync();
        signIn.Keep(session);
        await user.EnterAsync(session, cancellationToken);
    }

    private async Task SignOutAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        await user.LeaveAsync();
        await Change(model.SignOut, cancellationToken);
        await signIn.SignOutAsync(cancellationToken);
    }

    /// <summary>A known chat opens at once, also without a connection; its messages follow.</summary>
    private async Task OpenAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = model.FindChat(arguments["NAME"]) ?? await user.Hub(cancellationToken).ConversationAsync(arguments["NAME"], cancellationToken);
        var view = new ChatView(chat, model.Me!.UserId);
        await Change(() => model.Open(view), cancellationToken);
        await loader.LoadLatestAsync(view, cancellationToken);
    }

    private Task Say(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = model.Chat ?? throw new ChatHubException(ErrorCodes.ConversationNotFound, "No chat is open: open NAME.");
        user.Send(chat.Id, arguments["TEXT"]);
        return Change(() => model.Open(chat), cancellationToken);
    }

    private Task Change(Action change, CancellationToken cancellationToken) => loop.PostAsync(change, cancellationToken);
}
