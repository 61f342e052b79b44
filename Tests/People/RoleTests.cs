using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>The role moderator belongs to an account, and to no name.</summary>
public sealed class RoleTests(SharedServer server)
{
    [Fact]
    public async Task A_granted_role_holds_on_the_next_request_and_a_revoked_one_no_longer()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        Assert.Equal(HttpStatusCode.Forbidden, await QueueAsync(alice));

        await SetAsync("PUT", alice.Id);
        Assert.Equal(HttpStatusCode.OK, await QueueAsync(alice));
        Assert.Equal(["moderator"], (await server.HttpAsync("GET", $"/api/directory/users/{alice.Id}", Credentials.Service)).Read<DirectoryUser>().Roles);

        await SetAsync("DELETE", alice.Id);
        Assert.Equal(HttpStatusCode.Forbidden, await QueueAsync(alice));
    }

    [Fact]
    public async Task An_unknown_users_role_is_not_found()
    {
        foreach (var method in (string[])["PUT", "DELETE"])
        {
            await server.HttpRefusedAsync(
                ErrorCodes.UserNotFound, HttpStatusCode.NotFound, method, "/api/directory/users/nonexistent/roles/moderator", Credentials.Service);
        }
    }

    [Fact]
    public async Task A_role_ends_with_its_account_and_does_not_go_to_who_takes_the_name()
    {
        var username = Account.UniqueName("Mona");
        var mona = await BringAsync("mona-1", username);
        await SetAsync("PUT", mona.Id);
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{mona.Id}", Credentials.Service)).Status);

        var next = await BringAsync("mona-2", username.ToUpperInvariant());

        Assert.Equal(HttpStatusCode.Forbidden, await QueueAsync(next));
        Assert.Equal(HttpStatusCode.Unauthorized, await QueueAsync(mona));
    }

    [Fact]
    public async Task The_command_grants_and_revokes_beside_a_running_server()
    {
        await using var own = await ServerProcess.StartAsync();
        var alice = await Account.SignUpAsync(own, "alice");

        Assert.Equal(0, await own.RunSwitchAsync("--grant-moderator", alice.Username.ToUpperInvariant()));
        Assert.Equal(HttpStatusCode.OK, (await own.HttpAsync("GET", "/api/moderation/reports", new(alice.Token))).Status);

        Assert.Equal(0, await own.RunSwitchAsync("--revoke-moderator", alice.Username));
        Assert.Equal(HttpStatusCode.Forbidden, (await own.HttpAsync("GET", "/api/moderation/reports", new(alice.Token))).Status);

        Assert.Equal(1, await own.RunSwitchAsync("--grant-moderator", "no_such_user"));
        Assert.Contains("There is no user 'no_such_user'.", own.Log.Text, StringComparison.Ordinal);
        Assert.Equal(1, await own.RunSwitchAsync("--grant-moderator"));
        Assert.Contains("--grant-moderator needs a username.", own.Log.Text, StringComparison.Ordinal);
    }

    private async Task<Account> BringAsync(string id, string username)
    {
        id = Account.UniqueName(id);
        var answer = await server.HttpAsync("PUT", $"/api/directory/users/{id}", Credentials.Service, new DirectoryUserInput { Username = username, DisplayName = "Mona" });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return new(server.Address, new() { User = answer.Read<UserCard>(), AccessToken = TestTokens.Make(id, Account.FarAway), ExpiresAt = Account.FarAway });
    }

    private async Task SetAsync(string method, string userId) => Assert.Equal(
        HttpStatusCode.NoContent, (await server.HttpAsync(method, $"/api/directory/users/{userId}/roles/moderator", Credentials.Service)).Status);

    private async Task<HttpStatusCode> QueueAsync(Account account) =>
        (await server.HttpAsync("GET", "/api/moderation/reports", new(account.Token))).Status;
}
