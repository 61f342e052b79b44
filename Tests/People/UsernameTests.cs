using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Which usernames are taken, and for how long they stay taken.</summary>
public sealed class UsernameTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Theory]
    [InlineData("admin")]
    [InlineData("Moderator")]
    [InlineData("SUPPORT")]
    [InlineData("system")]
    [InlineData("chathub")]
    [InlineData("chat.hub")]
    [InlineData("_admin_")]
    [InlineData("_._")]
    public async Task A_name_that_is_reserved_or_shows_nothing_cannot_be_signed_up_with(string name)
    {
        var refused = await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", "/api/accounts", Credentials.None, SignUp(name));
        Assert.StartsWith("username", refused.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_an_erased_account_stays_taken_for_30_days()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        await EraseAsync(alice.Id);
        await TakenAsync(alice.Username);
        await server.HttpRefusedAsync(
            ErrorCodes.UsernameTaken, HttpStatusCode.Conflict, "PUT", $"/api/directory/users/{alice.Username}", Credentials.Service,
            new DirectoryUserInput { Username = alice.Username, DisplayName = "Alice" });

        server.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        await TakenAsync(alice.Username);
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(alice.Username)).Status);
    }

    [Fact]
    public async Task The_name_of_a_banned_account_stays_taken_while_the_ban_lasts_and_a_year_at_most()
    {
        var (alice, bob, carol) = (await BannedAsync("alice", 24 * 100), await BannedAsync("bob", null), await BannedAsync("carol", null));

        server.Time.Advance(TimeSpan.FromDays(99));
        await TakenAsync(alice.Username);
        await server.HttpAsync("DELETE", $"/api/moderation/bans/{carol.Id}", await server.ModeratorAsync());
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(carol.Username)).Status);

        server.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(alice.Username)).Status);

        server.Time.Advance(TimeSpan.FromDays(265) - TimeSpan.FromMilliseconds(1));
        await TakenAsync(bob.Username);
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(bob.Username)).Status);
    }

    [Fact]
    public async Task A_name_that_the_directory_brought_is_free_at_once()
    {
        var alice = await Account.BringAsync(server, "alice");
        await EraseAsync(alice.Id);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(alice.Username)).Status);
    }

    [Theory]
    [InlineData("Zoë", "ZOE\u0308")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος")]
    [InlineData("ﬁsh", "FISH")]
    [InlineData("Иван", "иВАН")]
    [InlineData("İpek", "i̇pek")]
    [InlineData("x\uFE0Fy", "xy")]
    [InlineData("o'neil+home@mail-1.example", "O'Neil+Home@Mail-1.Example")]
    public async Task A_directorys_name_is_shown_as_given_and_compared_without_case_and_form(string given, string same)
    {
        // Of this test alone: others may have brought it.
        var tail = Account.UniqueName("");
        var alice = await Account.BringAsync(server, new DirectoryUserInput { Username = given + tail, DisplayName = "X" }, Account.UniqueName("id"));
        await using var bob = await server.ConnectUserAsync("bob");

        Assert.Equal(given + tail, alice.Username);
        Assert.Equal(alice.Id, (await bob.Hub.GetProfile(new() { Username = same + tail })).UserId);
        await server.HttpRefusedAsync(
            ErrorCodes.UsernameTaken, HttpStatusCode.Conflict, "PUT", $"/api/directory/users/{Account.UniqueName("id")}", Credentials.Service,
            new DirectoryUserInput { Username = same + tail, DisplayName = "Y" });
    }

    private async Task<Account> BannedAsync(string name, int? hours)
    {
        var account = await Account.SignUpAsync(server, name);
        await server.HttpAsync("PUT", $"/api/moderation/bans/{account.Id}", await server.ModeratorAsync(), new BanInput { Hours = hours });
        await EraseAsync(account.Id);
        return account;
    }

    private async Task EraseAsync(string id) =>
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{id}", Credentials.Service)).Status);

    private Task<HttpResult> TakenAsync(string name) => server.HttpRefusedAsync(
        ErrorCodes.UsernameTaken, HttpStatusCode.Conflict, "POST", "/api/accounts", Credentials.None, SignUp(name.ToUpperInvariant()));

    private Task<HttpResult> PostAsync(string name) => server.HttpAsync("POST", "/api/accounts", Credentials.None, SignUp(name));

    private static SignUpInput SignUp(string name) => new() { Username = name, Password = Account.Password, BirthDate = "1990-05-17" };
}
