using ChatHub.Terminal.Config;
using ChatHub.Terminal.Input;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>Sessions on a real server: the cookie is stored, refreshes the token, and can be used once.</summary>
public sealed class SignInTests(SharedServer server) : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Renew_in_a_later_run_returns_a_new_token()
    {
        var name = await SignInAsync();

        using var later = Open();
        Assert.Equal(name, later.Current!.User.Username);
        await later.RenewAsync(TestTimeouts.Token);
        using var latest = Open();
        Assert.Equal(later.Current!.AccessToken, latest.Current!.AccessToken);

        // The cookie was rotated: the new one works.
        Assert.NotNull(await latest.RenewAsync(TestTimeouts.Token));
    }

    [Fact]
    public async Task Renew_in_two_windows_at_once_keeps_the_session()
    {
        await SignInAsync();
        using var one = Open();
        using var other = Open();

        await Task.WhenAll(one.RenewAsync(TestTimeouts.Token).AsTask(), other.RenewAsync(TestTimeouts.Token).AsTask()).SoonAsync();

        using var later = Open();
        Assert.NotNull(await later.RenewAsync(TestTimeouts.Token));
    }

    [Fact]
    public async Task SignOut_deletes_the_session_here_and_at_the_server()
    {
        await SignInAsync();
        var copy = SavedFile().Load()!;
        using (var window = Open())
            await window.SignOutAsync(TestTimeouts.Token);
        Assert.Null(SavedFile().Load());

        // A copy of the file is worthless.
        SavedFile().Save(copy);
        using var copied = Open();
        await Wire.RefusedAsync(ChatHub.Contracts.ErrorCodes.Unauthenticated, copied.RenewAsync(TestTimeouts.Token).AsTask());
    }

    [Fact]
    public async Task File_is_readable_by_its_owner_only()
    {
        await SignInAsync();

        var file = Directory.GetFiles(_folder.FullName, "session.json", SearchOption.AllDirectories).Single();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Profiles_keep_one_session_each()
    {
        var anna = await SignInAsync("anna");
        var ben = await SignInAsync("ben");

        using var annas = Open("anna");
        using var bens = Open("ben");
        using var others = Open();

        Assert.Equal((anna, ben, null), (annas.Current!.User.Username, bens.Current!.User.Username, others.Current?.User.Username));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> SignInAsync(string profile = ConsoleOptions.DefaultProfile)
    {
        var account = await Account.SignUpAsync(server, "alice");
        using var window = Open(profile);
        window.Keep(await window.Accounts.SignInAsync(new() { Username = account.Username, Password = Account.Password }, TestTimeouts.Token));
        return account.Username;
    }

    private SignIn Open(string profile = ConsoleOptions.DefaultProfile) => new(server.Address, SavedFile(profile), TimeProvider.System);

    private SessionFile SavedFile(string profile = ConsoleOptions.DefaultProfile) => new(_folder.FullName, server.Address, profile);
}
