using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>Bans hold on the very next call, are published live, and end by themselves.</summary>
public sealed class BanTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Ban_holds_on_the_very_next_call_and_is_published_live()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "Hello!");
        await server.BanAsync(chat.Alice, hours: 24, reason: "Spam");

        var until = server.Time.GetUtcNow().AddHours(24);
        var refusal = await Wire.RefusedAsync(ErrorCodes.MessagingBanned, chat.Alice.SayAsync(chat.Id, "Hello?"));
        Assert.Equal($"You are banned from messaging until {until:yyyy-MM-dd HH:mm} UTC.", refusal.Message);
        Assert.Null(refusal.RetryAfter);

        var changed = await chat.Alice.NextAsync<MeChanged>();
        Assert.Equal((true, "Spam", until.ToUnixTimeMilliseconds()), (changed.Me.IsBanned, changed.Me.BanReason, changed.Me.BannedUntil?.ToUnixTimeMilliseconds()));
        Assert.Equal(Wire.Json(changed.Me), Wire.Json(await chat.Alice.Hub.GetMe(new())));

        // The peer learns nothing of it, and may write.
        Assert.Equal(ConversationState.Open, await chat.Bob.ChatStateAsync(chat.Id));
        Assert.Equal(3, (await chat.Bob.SayAsync(chat.Id, "Yes?")).Message.Seq);
        Assert.Equal(2, (await chat.Bob.NextAsync<MessageReceived>()).Message.Seq);
        await chat.Bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Ban_ends_by_itself_and_its_end_is_published()
    {
        await using var chat = await server.OpenChatAsync();
        await server.BanAsync(chat.Alice, hours: 1);
        await chat.Alice.NextAsync<MeChanged>();
        server.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await Wire.RefusedAsync(ErrorCodes.MessagingBanned, chat.Alice.SayAsync(chat.Id, "Hello?"));

        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False((await chat.Alice.Hub.GetMe(new())).IsBanned);
        Assert.Equal(2, (await chat.Alice.SayAsync(chat.Id, "Hello!")).Message.Seq);

        var changed = await server.Time.AdvanceUntilAsync(chat.Alice.NextAsync<MeChanged>());
        Assert.Equal((false, null, null), (changed.Me.IsBanned, changed.Me.BannedUntil, changed.Me.BanReason));
    }

    [Fact]
    public async Task Without_hours_it_holds_until_it_is_lifted()
    {
        await using var chat = await server.OpenChatAsync();
        var ban = await server.BanAsync(chat.Alice);
        Assert.Equal((chat.Alice.Id, null, null), (ban.UserId, ban.Until, ban.Reason));
        server.Time.Advance(TimeSpan.FromDays(20));
        var refusal = await Wire.RefusedAsync(ErrorCodes.MessagingBanned, chat.Alice.SayAsync(chat.Id, "Hello?"));
        Assert.Equal("You are banned from messaging until a moderator lifts the ban.", refusal.Message);

        Assert.True((await chat.Alice.NextAsync<MeChanged>()).Me.IsBanned);
        await server.LiftBanAsync(chat.Alice);
        Assert.False((await chat.Alice.NextAsync<MeChanged>()).Me.IsBanned);
        Assert.Equal(2, (await chat.Alice.SayAsync(chat.Id, "Hello!")).Message.Seq);

        // Lifting none is fine, and raises no event.
        await server.LiftBanAsync(chat.Alice);
        await chat.Alice.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Another_ban_replaces_the_one_before()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await server.BanAsync(alice, hours: 24, reason: "Spam");
        await server.BanAsync(alice, hours: 1, reason: "Mistaken");
        await alice.NextAsync<MeChanged>();
        var changed = await alice.NextAsync<MeChanged>();
        Assert.Equal((2, "Mistaken"), (changed.Version, changed.Me.BanReason));
        Assert.Equal(server.Time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds(), changed.Me.BannedUntil?.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("""{"hours":0}""", "hours")]
    [InlineData("""{"hours":-5}""", "hours")]
    [InlineData("""{"hours":1000000000}""", "hours")]
    [InlineData("""{"hours":"long"}""", "hours")]
    [InlineData("""{"reason":"\u0007"}""", "reason")]
    public async Task Ban_arguments_are_checked(string body, string field)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, System.Net.HttpStatusCode.BadRequest,
            "PUT", $"/api/moderation/bans/{alice.Id}", await server.ModeratorAsync(), content);
        Assert.Contains(field, answer.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.False((await alice.Hub.GetMe(new())).IsBanned);
    }
}
