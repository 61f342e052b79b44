using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Who the user is.</summary>
internal sealed class AccountCommands(ChatSession session, Screen screen)
{
    public IReadOnlyList<Command> All =>
    [
        new("signup", "NAME PASSWORD BIRTHDATE [DISPLAYNAME...]", "make an account; the birth date is YYYY-MM-DD", SignUpAsync),
        new("signin", "NAME PASSWORD", "sign in", SignInAsync),
        new("whoami", "", "your profile, settings and what is new", WhoAmIAsync),
    ];

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

    private async Task SignInAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var account = await session.Accounts.SignInAsync(new() { Username = arguments["NAME"], Password = arguments["PASSWORD"] }, cancellationToken);
        await session.EnterAsync(account, cancellationToken);
        screen.Write($"signed in as {PeopleText.Name(account.User)}");
        screen.Write(PeopleText.Badges((await session.Hub(cancellationToken).GetMe(new())).Badges));
    }

    private async Task WhoAmIAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var line in PeopleText.Me(await session.Hub(cancellationToken).GetMe(new())))
            screen.Write(line);
    }
}
