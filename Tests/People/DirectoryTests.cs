using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>How a host application brings its own users and their follow graph.</summary>
public sealed class DirectoryTests(SharedServer server)
{
    private readonly DirectoryUserInput _person = new()
    {
        Username = Account.UniqueName("Dora"),
        DisplayName = "Dora",
        BirthDate = "1990-05-17",
        IsVerified = true,
        AvatarUrl = "https://pictures.example/dora.png",
        Bio = " Sails. ",
    };

    [Fact]
    public async Task A_user_is_added_as_given_and_found()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var id = NewId();
        var card = await PutAsync(id, _person);
        var username = _person.Username!;
        Assert.Equal(new UserCard { UserId = id, Username = username, DisplayName = "Dora", AvatarUrl = _person.AvatarUrl, IsVerified = true }, card);

        var profile = await alice.Hub.GetProfile(new() { UserId = id });
        Assert.Equal((username, "Sails.", true), (profile.Username, profile.Bio, profile.IsVerified));
        Assert.Equal(card, Assert.Single((await alice.Hub.SearchUsers(new() { Query = username })).Items));
    }

    [Fact]
    public async Task A_user_reads_as_brought()
    {
        var person = _person with { CreatedAt = new(2021, 3, 1, 8, 30, 0, 500, TimeSpan.Zero) };
        var (brought, undated) = (NewId(), NewId());
        await PutAsync(brought, person);
        await PutAsync(undated, new() { Username = Account.UniqueName("undated"), DisplayName = "Undated" });

        var user = await GetAsync(brought);
        Assert.Equal(
            person with { Bio = "Sails." },
            new DirectoryUserInput
            {
                Username = user.Username,
                DisplayName = user.DisplayName,
                BirthDate = user.BirthDate,
                CreatedAt = user.CreatedAt,
                IsVerified = user.IsVerified,
                AvatarUrl = user.AvatarUrl,
                Bio = user.Bio,
            });
        Assert.Null((await GetAsync(undated)).CreatedAt);
    }

    [Fact]
    public async Task Put_changed_user_publishes_MeChanged_and_removes_what_is_absent()
    {
        await using var dora = await Connected(_person);
        await using var bob = await server.ConnectUserAsync("bob");
        await PutAsync(dora.Id, _person with { DisplayName = "Dora Marlin", Bio = null, AvatarUrl = null, IsVerified = null });

        var changed = await dora.NextAsync<MeChanged>();
        Assert.Equal((1, "Dora Marlin", null, null, false), (changed.Version, changed.Me.User.DisplayName, changed.Me.Bio, changed.Me.User.AvatarUrl, changed.Me.User.IsVerified));
        Assert.Equal("Dora Marlin", (await bob.ProfileAsync(dora)).DisplayName);
        Assert.Contains((await bob.Hub.SearchUsers(new() { Query = "marlin" })).Items, card => card.UserId == dora.Id);
    }

    [Fact]
    public async Task Put_of_the_same_user_changes_nothing()
    {
        await using var dora = await Connected(_person);
        await PutAsync(dora.Id, _person);
        await dora.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task A_username_belongs_to_one()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await server.HttpRefusedAsync(
            ErrorCodes.UsernameTaken, HttpStatusCode.Conflict,
            "PUT", $"/api/directory/users/{NewId()}", Credentials.Service, _person with { Username = alice.Account.Username.ToUpperInvariant() });
    }

    [Fact]
    public async Task Removed_user_does_not_come_back_under_the_same_id()
    {
        await using var dora = await Connected(_person);
        await server.EraseAsync(dora);
        await server.HttpRefusedAsync(
            ErrorCodes.UserNotFound, HttpStatusCode.NotFound, "PUT", $"/api/directory/users/{dora.Id}", Credentials.Service, _person);
    }

    [Fact]
    public async Task Follows_are_idempotent_and_counted()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var path = $"/api/directory/users/{alice.Id}/follows/{bob.Id}";
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", path, Credentials.Service)).Status);
        var profile = await alice.ProfileAsync(bob);
        Assert.Equal((true, 1), (profile.YouFollow, profile.FollowerCount));
        Assert.Equal(ButtonState.Message, (await bob.ProfileAsync(alice)).MessageButton.State);

        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", path, Credentials.Service)).Status);
        profile = await alice.ProfileAsync(bob);
        Assert.Equal((false, 0), (profile.YouFollow, profile.FollowerCount));
    }

    [Fact]
    public async Task Follow_of_oneself_or_an_unknown_user_is_refused()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        foreach (var method in (string[])["PUT", "DELETE"])
        {
            await server.HttpRefusedAsync(
                ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, method, $"/api/directory/users/{alice.Id}/follows/{alice.Id}", Credentials.Service);
            await server.HttpRefusedAsync(
                ErrorCodes.UserNotFound, HttpStatusCode.NotFound, method, $"/api/directory/users/{alice.Id}/follows/nonexistent", Credentials.Service);
            await server.HttpRefusedAsync(
                ErrorCodes.UserNotFound, HttpStatusCode.NotFound, method, $"/api/directory/users/nonexistent/follows/{alice.Id}", Credentials.Service);
        }
    }

    public static TheoryData<string, DirectoryUserInput, string> Bad() => new()
    {
        { "ok", new() { DisplayName = "X" }, "username" },
        { "ok", new() { Username = "", DisplayName = "X" }, "username" },
        { "ok", new() { Username = "two words", DisplayName = "X" }, "username" },
        { "ok", new() { Username = "\u3164", DisplayName = "X" }, "username" },
        { "ok", new() { Username = "a\uFFFEb", DisplayName = "X" }, "username" },
        { "ok", new() { Username = new('x', 65), DisplayName = "X" }, "username" },
        { "ok", new() { Username = "good_name" }, "displayName" },
        { "ok", new() { Username = "good_name", DisplayName = "X", BirthDate = "17.05.1990" }, "birthDate" },
        { "ok", new() { Username = "good_name", DisplayName = "X", BirthDate = "2999-01-01" }, "birthDate" },
        { "ok", new() { Username = "good_name", DisplayName = "X", AvatarUrl = "javascript:alert(1)" }, "avatarUrl" },
        { "ok", new() { Username = "good_name", DisplayName = "X", AvatarUrl = "/relative.png" }, "avatarUrl" },
        { "ok", new() { Username = "good_name", DisplayName = "X", Bio = new('x', 161) }, "bio" },
        { "with%20space", new() { Username = "good_name", DisplayName = "X" }, "userId" },
        { new string('x', 65), new() { Username = "good_name", DisplayName = "X" }, "userId" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Directory_arguments_are_checked(string id, DirectoryUserInput person, string field)
    {
        var answer = await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "PUT", $"/api/directory/users/{id}", Credentials.Service, person);
        Assert.StartsWith(field, answer.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    private static string NewId() => Account.UniqueName("id");

    private async Task<DirectoryUser> GetAsync(string id) =>
        (await server.HttpAsync("GET", $"/api/directory/users/{id}", Credentials.Service)).Read<DirectoryUser>();

    private async Task<UserCard> PutAsync(string id, DirectoryUserInput person)
    {
        var answer = await server.HttpAsync("PUT", $"/api/directory/users/{id}", Credentials.Service, person);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Read<UserCard>();
    }

    private async Task<Device> Connected(DirectoryUserInput person) => await (await Account.BringAsync(server, person)).ConnectAsync();
}
