using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>Under 16, by birth date, at the time of the call: no one new can contact them.</summary>
public sealed class AgeTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task User_comes_of_age_between_the_birthday_and_27_days_later_on_a_day_of_their_own()
    {
        const int minors = 24;
        var alice = await server.ConnectUserAsync("alice");
        var birthDate = BornAgo(years: 16, lessDays: 2);
        var hidden = new List<Device>();
        for (var i = 0; i < minors; i++)
        {
            var minor = await server.ConnectUserAsync("minor", birthDate);
            // Not even those whom they follow reach them.
            await minor.FollowAsync(alice);
            hidden.Add(minor);
        }

        // From the day before the birthday on, at midnight: who is seen stays so.
        server.Time.Advance(server.Time.GetUtcNow().UtcDateTime.Date.AddDays(1) - server.Time.GetUtcNow().UtcDateTime);
        var days = new List<int>();
        for (var day = -1; hidden.Count > 0; day++)
        {
            Assert.InRange(day, -1, 27);
            var seen = new List<Device>();
            foreach (var minor in hidden)
            {
                if ((await alice.ProfileAsync(minor)).MessageButton.State == ButtonState.Message)
                    seen.Add(minor);
            }

            days.AddRange(seen.Select(_ => day));
            hidden.RemoveAll(seen.Contains);
            if (hidden.Count > 0)
            {
                await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.OpenAsync(hidden[0]));
                await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, alice.RequestAsync(hidden[0]));
            }

            if (seen.Count > 0)
                Assert.Equal(RequestState.Accepted, (await alice.RequestAsync(seen[0])).Request.State);
            server.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.All(days, day => Assert.InRange(day, 0, 27));
        Assert.InRange(days.Distinct().Count(), 5, minors);
    }

    [Fact]
    public async Task Minor_may_send_requests_and_chat_with_the_recipient()
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
        // Their birth date is corrected after a request was sent.
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await Account.BringAsync(server, new() { Username = bob.Account.Username, DisplayName = "Bob", BirthDate = BornAgo(years: 12) });
        await Wire.RefusedAsync(ErrorCodes.RequestPending, alice.RequestAsync(bob));
        Assert.Equal(RequestState.Accepted, (await bob.AcceptAsync(sent.Request.RequestId)).Request.State);
    }

    [Fact]
    public async Task User_without_a_birth_date_counts_as_of_age()
    {
        var alice = await server.ConnectUserAsync("alice");
        var account = await Account.BringAsync(server, new() { Username = Account.UniqueName("ageless"), DisplayName = "Ageless" });
        var ageless = await account.ConnectAsync();
        Assert.Equal(RequestState.Pending, (await alice.RequestAsync(ageless)).Request.State);
    }

    private string BornAgo(int years, int lessDays = 0) =>
        server.Time.GetUtcNow().AddYears(-years).AddDays(lessDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
