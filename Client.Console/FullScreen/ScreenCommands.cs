using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The full screen's own commands: who one is, and which page is shown.</summary>
internal sealed class ScreenCommands(ScreenUser user, SignIn signIn, History history, Board board, Loop loop)
{
    public IReadOnlyList<Command> All =>
    [
        new("signup", "NAME PASSWORD BIRTHDATE [DISPLAYNAME...]", "make an account; the birth date is YYYY-MM-DD", SignUpAsync),
        new("signin", "NAME PASSWORD", "sign in, until you sign out", SignInAsync),
        new("signout", "", "sign out here", SignOutAsync),
        new("inbox", "", "your requests and chats; so does Escape", (_, cancellationToken) => Change(board.ShowInbox, cancellationToken)),
        new("open", "NAME", "open the chat with somebody", OpenAsync),
        new("quit", "", "leave; so does Ctrl+C", (_, _) =>
        {
            loop.End();
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
        // First: the one who leaves must not come back with the other's token.
        await user.LeaveAsync();
        signIn.Keep(session);
        await user.EnterAsync(session, cancellationToken);
    }

    private async Task SignOutAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        await user.LeaveAsync();
        await Change(board.SignOut, cancellationToken);
        await signIn.SignOutAsync(cancellationToken);
    }

    /// <summary>A chat that is known opens at once, without a connection too; its messages follow.</summary>
    private async Task OpenAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = board.FindChat(arguments["NAME"]) ?? await user.Hub(cancellationToken).ConversationAsync(arguments["NAME"], cancellationToken);
        var view = new ChatView(chat, board.Me!.UserId);
        await Change(() => board.Open(view), cancellationToken);
        await history.ReadLatestAsync(view, cancellationToken);
    }

    private Task Change(Action change, CancellationToken cancellationToken) => loop.PutAsync(change, cancellationToken);
}
