using System.Net;
using ChatHub.Contracts;
using ChatHub.Server.People.Accounts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>A user's sessions are listed and bounded; what ends one closes its connections and refuses its tokens.</summary>
public sealed class SessionTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task A_token_does_not_outlast_30_days_without_use_of_its_session()
    {
        var session = (await server.SignInAsync(await Account.SignUpAsync(server, "alice"))).Read<Session>();

        Assert.InRange(server.Time.GetUtcNow().AddDays(30) - session.ExpiresAt, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_token_of_signing_up_and_its_connection_are_good_for_60_s_after_it_expired()
    {
        await using var hourly = await InProcessServer.StartAsync(("Auth:AccessTokenMinutes", "60"));
        var sessions = hourly.Services.GetRequiredService<SessionService>();
        var alice = await Account.SignUpAsync(hourly, "alice");
        using var live = await RawHub.ConnectAsync(hourly, alice.Token);

        hourly.Time.Advance(alice.Session.ExpiresAt.AddSeconds(30) - hourly.Time.GetUtcNow());
        await sessions.PruneAsync(TestTimeouts.Token);
        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync()).Status);
        // What the watch over ended sessions goes by.
        Assert.Single(await hourly.Database.ListAsync<string>("SELECT session_id FROM sessions"));
        Assert.Equal(alice.Id, (await live.InvokeAsync("GetMe", "{}")).GetProperty("result").GetProperty("user").GetProperty("userId").GetString());

        hourly.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync()).Status);
        await hourly.Time.AdvanceUntilAsync(CloseAsync());

        Task<HttpResult> CallAsync() => hourly.HttpAsync("DELETE", "/api/me/avatar", new(alice.Token));

        async Task<bool> CloseAsync()
        {
            await live.ClosedAsync();
            return true;
        }
    }

    [Fact]
    public async Task Signing_out_closes_the_sessions_connections_and_refuses_its_tokens()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var (laptop, phone) = (await server.SignInAsync(alice), await server.SignInAsync(alice));
        using var here = await RawHub.ConnectAsync(server, laptop.AccessToken());
        using var there = await RawHub.ConnectAsync(server, phone.AccessToken());

        await server.HttpAsync("DELETE", "/api/sessions/current", new(Cookie: laptop.RefreshCookie()));

        await here.ClosedAsync();
        Assert.False(await server.IsGoodAsync(laptop.AccessToken()));
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => RawHub.ConnectAsync(server, laptop.AccessToken()));
        Assert.Equal(alice.Id, (await there.InvokeAsync("GetMe", "{}")).GetProperty("result").GetProperty("user").GetProperty("userId").GetString());
    }

    [Fact]
    public async Task A_user_sees_where_they_are_signed_in_and_ends_one_or_all_others()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var phone = await server.SignInAsync(alice, "Phone/1.0");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var laptop = await server.SignInAsync(alice, "Laptop/2.0");
        using var live = await RawHub.ConnectAsync(server, phone.AccessToken());

        var sessions = await server.ListSessionsAsync(laptop.AccessToken());
        Assert.Equal(["Laptop/2.0", "Phone/1.0", null], sessions.Select(session => session.Device));
        Assert.Equal([true, false, false], sessions.Select(session => session.IsCurrent));
        Assert.All(sessions, session => Assert.Equal("127.0.0.1", session.Address));
        Assert.Equal(server.Time.GetUtcNow(), sessions[0].LastUsedAt);
        Assert.Equal(TimeSpan.FromMinutes(1), sessions[0].BegunAt - sessions[1].BegunAt);

        // Another user's session is none that could be ended.
        var bob = await Account.SignUpAsync(server, "bob");
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/me/sessions/{sessions[1].SessionId}", new(bob.Token))).Status);
        Assert.True(await server.IsGoodAsync(phone.AccessToken()));

        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/me/sessions/{sessions[1].SessionId}", new(laptop.AccessToken()))).Status);
        await live.ClosedAsync();
        Assert.False(await server.IsGoodAsync(phone.AccessToken()));

        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/me/sessions", new(laptop.AccessToken()))).Status);
        Assert.False(await server.IsGoodAsync(alice.Token));
        Assert.Equal(sessions[0].SessionId, Assert.Single(await server.ListSessionsAsync(laptop.AccessToken())).SessionId);
    }

    [Fact]
    public async Task A_user_has_100_sessions_at_most()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var oldest = await server.SignInAsync(alice);
        var copied = (await server.ListSessionsAsync(oldest.AccessToken()))[0].SessionId;
        // By sign-ins each would hash a password.
        for (var i = 1; i < 100; i++)
        {
            await server.Database.ExecuteAsync(
                """
                INSERT INTO sessions (session_id, user_key, family_hash, token_hash, device, address, begun_at, used_at, expires_at, ends_at)
                SELECT @id, user_key, @id, @id, device, address, begun_at + @i, used_at + @i, expires_at, ends_at FROM sessions WHERE session_id = @copied
                """,
                new { id = $"copy-{i}-of-{alice.Id}"[..32], i = (long)i, copied });
        }

        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.SignInAsync(alice);

        Assert.False(await server.IsGoodAsync(oldest.AccessToken()));
        Assert.False(await server.IsGoodAsync(alice.Token));
    }

    [Fact]
    public async Task The_host_ends_all_sessions_and_connections_of_a_user()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var brought = await Account.BringAsync(server, "bob");
        var phone = await server.SignInAsync(alice);
        using var hers = await RawHub.ConnectAsync(server, phone.AccessToken());
        using var his = await RawHub.ConnectAsync(server, brought.Token);

        foreach (var id in (string[])[alice.Id, brought.Id])
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{id}/sessions", Credentials.Service)).Status);

        await hers.ClosedAsync();
        await his.ClosedAsync();
        Assert.False(await server.IsGoodAsync(phone.AccessToken()));
        Assert.False(await server.IsGoodAsync(alice.Token));
        Assert.False(await server.IsGoodAsync(brought.Token));
        await server.RefreshRefusedAsync(phone.RefreshCookie());
        Assert.Equal(HttpStatusCode.OK, (await server.SignInAsync(alice)).Status);
        await server.HttpRefusedAsync(ErrorCodes.UserNotFound, HttpStatusCode.NotFound, "DELETE", "/api/directory/users/nonexistent/sessions", Credentials.Service);
    }

    [Fact]
    public async Task A_session_that_ended_unnoticed_loses_its_connections_within_30_seconds()
    {
        var session = await server.SignInAsync(await Account.SignUpAsync(server, "alice"));
        using var live = await RawHub.ConnectAsync(server, session.AccessToken());
        // As another instance does while no word of it comes through.
        await server.Database.ExecuteAsync("DELETE FROM sessions WHERE user_key = (SELECT user_key FROM users WHERE user_id = @id)", new { id = session.Read<Session>().User.UserId });

        await server.Time.AdvanceUntilAsync(CloseAsync());

        async Task<bool> CloseAsync()
        {
            await live.ClosedAsync();
            return true;
        }
    }

    [Fact]
    public async Task Signing_out_ends_this_session_and_no_other()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var laptop = (await server.SignInAsync(alice)).RefreshCookie();
        var phone = (await server.SignInAsync(alice)).RefreshCookie();
        var answer = await server.HttpAsync("DELETE", "/api/sessions/current", new(Cookie: laptop));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.StartsWith("chathub_refresh=; expires=Thu, 01 Jan 1970", answer.Header("Set-Cookie"), StringComparison.Ordinal);

        await server.RefreshRefusedAsync(laptop);
        Assert.Equal(HttpStatusCode.OK, (await server.RefreshAsync(phone)).Status);
        // Signed out already, or never signed in.
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/sessions/current", new(Cookie: laptop))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/sessions/current", Credentials.None)).Status);
    }
}
