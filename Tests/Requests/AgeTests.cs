using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>Under 16, by birth date, at the time of the call: nobody new reaches them.</summary>
public sealed class AgeTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task On_the_16th_birthday_and_not_a_day_before_they_can_be_reached()
    {
        var alice = await server.ConnectUserAsync("alice");
        var young = await server.ConnectUserAsync("young", BornAgo(years: 16, lessDays: 1));
        await young.FollowAsync(alice);

        // Not even those whom they follow.
        Assert.Equal(ButtonState.Hidden, (await alice.ProfileAsync(young)).MessageButton.State);
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.OpenAsync(young));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(young));

        var untilMidnight = server.Time.GetUtcNow().UtcDateTime.Date.AddDays(1) - server.Time.GetUtcNow().UtcDateTime;
        server.Time.Advance(untilMidnight - TimeSpan.FromMilliseconds(1));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(young));

        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ButtonState.Message, (await alice.ProfileAsync(young)).MessageButton.State);
        Assert.Equal(RequestState.Accepted, (await alice.RequestAsync(young)).Request.State);
    }

    [Fact]
    public async Task They_may_ask_and_answer_whom_they_asked()
    {
        var young = await server.ConnectUserAsync("young", BornAgo(years: 12));
        var alice = await server.ConnectUserAsync("alice");
        var sent = await young.RequestAsync(alice);
        var accepted = await alice.AcceptAsync(sent.Request.RequestId);
        Assert.Equal(2, (await alice.SayAsync(accepted.Conversation.ConversationId, "Hello!")).Message.Seq);
    }

    [Fact]
    public async Task A_request_from_before_can_still_be_accepted()
    {
        // Their birth date is corrected after somebody has asked.
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await Account.BringAsync(server, new() { Username = bob.Account.Username, DisplayName = "Bob", BirthDate = BornAgo(years: 12) });
        await Wire.RefusedAsync(ErrorCodes.RequestPending, alice.RequestAsync(bob));
        Assert.Equal(RequestState.Accepted, (await bob.AcceptAsync(sent.Request.RequestId)).Request.State);
    }

    [Fact]
    public async Task Whoever_has_no_birth_date_counts_as_of_age()
    {
        var alice = await server.ConnectUserAsync("alice");
        var account = await Account.BringAsync(server, new() { Username = Account.UniqueName("ageless"), DisplayName = "Ageless" });
        var ageless = await account.ConnectAsync();
        Assert.Equal(RequestState.Pending, (await alice.RequestAsync(ageless)).Request.State);
    }

    private string BornAgo(int years, int lessDays = 0) =>
        server.Time.GetUtcNow().AddYears(-years).AddDays(lessDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
