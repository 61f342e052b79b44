using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Signing up and in.</summary>
internal sealed class AccountCommands(ChatSession session, Screen screen)
{
    public IReadOnlyList<Command> All =>
    [
        new("signup", "NAME PASSWORD BIRTHDATE [DISPLAYNAME...]", "create an account; the birth date is YYYY-MM-DD, \"a password with spaces\" goes in quotes", SignUpAsync),
        new("signin", "NAME PASSWORD", "sign in", SignInAsync),
        new("whoami", "", "your profile, settings and badges", WhoAmIAsync),
    ];

    /// <summary>Signs in with a session that was started elsewhere.</summary>
    public async Task EnterAsync(Contracts.Session account, CancellationToken cancellationToken)
    {
        await session.EnterAsync(account, cancellationToken);
        screen.Write($"signed in as {PeopleText.Name(account.User)}");
        screen.Write(PeopleText.Badges(session.Inbox.Badges));
    }

    private async Task SignUpAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var account = await session.Accounts.SignUpAsync(
            new()
            {
                Username = arguments["NAME"],
                Password = arguments["PASSWORD"],
                BirthDate = arguments["BIRTHDATE"],
                DisplayName = arguments.Find("DISPLAYNAME"),
            },
            cancellationToken);
        await session.EnterAsync(account, cancellationToken);
        screen.Write($"signed up as {PeopleText.Name(account.User)}");
    }

    private async Task SignInAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        await EnterAsync(
            await session.Accounts.SignInAsync(new() { Username = arguments["NAME"], Password = arguments["PASSWORD"] }, cancellationToken),
            cancellationToken);

    private async Task WhoAmIAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var line in PeopleText.Me(await session.Hub(cancellationToken).GetMe(new())))
            screen.Write(line);
    }
}
