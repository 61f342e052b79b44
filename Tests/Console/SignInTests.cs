using ChatHub.Terminal.Config;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>Staying signed in, on a real server: the cookie is kept, renews the token, and is good for one use.</summary>
public sealed class SignInTests(SharedServer server) : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task The_token_is_renewed_in_a_later_run()
    {
        var name = await SignInAsync();

        using var later = Open();
        Assert.Equal(name, later.Current!.User.Username);
        await later.RenewAsync(TestTimeouts.Token);
        using var latest = Open();
        Assert.Equal(later.Current!.AccessToken, latest.Current!.AccessToken);

        // The cookie was replaced: it works again.
        Assert.NotNull(await latest.RenewAsync(TestTimeouts.Token));
    }

    [Fact]
    public async Task Windows_that_renew_at_once_stay_signed_in()
    {
        await SignInAsync();
        using var one = Open();
        using var other = Open();

        await Task.WhenAll(one.RenewAsync(TestTimeouts.Token).AsTask(), other.RenewAsync(TestTimeouts.Token).AsTask()).SoonAsync();

        using var later = Open();
        Assert.NotNull(await later.RenewAsync(TestTimeouts.Token));
    }

    [Fact]
    public async Task After_signing_out_nothing_is_left()
    {
        await SignInAsync();
        var copy = Saved().Load()!;
        using (var window = Open())
            await window.SignOutAsync(TestTimeouts.Token);
        Assert.Null(Saved().Load());

        // Not even for one who has kept the file.
        Saved().Save(copy);
        using var thief = Open();
        await Wire.RefusedAsync(ChatHub.Contracts.ErrorCodes.Unauthenticated, thief.RenewAsync(TestTimeouts.Token).AsTask());
    }

    [Fact]
    public async Task The_file_is_its_owners_alone()
    {
        await SignInAsync();

        var file = Directory.GetFiles(_folder.FullName, "session.json", SearchOption.AllDirectories).Single();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> SignInAsync()
    {
        var account = await Account.SignUpAsync(server, "alice");
        using var window = Open();
        window.Keep(await window.Accounts.SignInAsync(new() { Username = account.Username, Password = Account.Password }, TestTimeouts.Token));
        return account.Username;
    }

    private SignIn Open() => new(server.Address, Saved(), TimeProvider.System);

    private SavedSession Saved() => new(_folder.FullName, server.Address);
}
