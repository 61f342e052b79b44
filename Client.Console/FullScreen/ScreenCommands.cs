using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Commands;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The full screen's own commands: who one is, and which page is shown.</summary>
internal sealed class ScreenCommands(ScreenUser user, ChatHubAccounts accounts, SavedSession saved, Board board, Loop loop)
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
        var session = await accounts.SignUpAsync(
            new()
            {
                Username = arguments["NAME"],
                Password = arguments["PASSWORD"],
                BirthDate = arguments["BIRTHDATE"],
                DisplayName = arguments.Find("DISPLAYNAME"),
            },
            cancellationToken);
        await EnterAsync(session, cancellationToken);
    }

    private async Task SignInAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        await EnterAsync(await accounts.SignInAsync(new() { Username = arguments["NAME"], Password = arguments["PASSWORD"] }, cancellationToken), cancellationToken);

    private async Task EnterAsync(Contracts.Session session, CancellationToken cancellationToken)
    {
        saved.Save(session);
        await user.EnterAsync(session, cancellationToken);
    }

    private async Task SignOutAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        saved.Delete();
        await user.LeaveAsync();
        await Change(board.SignOut, cancellationToken);
    }

    /// <summary>A chat that is known opens at once, without a connection too; its messages follow.</summary>
    private async Task OpenAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = user.Hub(cancellationToken);
        var chat = board.FindChat(arguments["NAME"]) ?? await hub.ConversationAsync(arguments["NAME"], cancellationToken);
        var view = new ChatView(chat, board.Me!.UserId);
        await Change(() => board.Open(view), cancellationToken);

        var page = await hub.GetMessages(new() { ConversationId = chat.ConversationId, Limit = Limits.PageMax });
        await Change(() => view.Add(page.Items), cancellationToken);
        var profile = await hub.GetProfile(new() { UserId = chat.Peer.UserId });
        await Change(() => board.SetOnline(profile.UserId, profile.IsOnline == true), cancellationToken);
    }

    private Task Change(Action change, CancellationToken cancellationToken) => loop.PutAsync(change, cancellationToken);
}
