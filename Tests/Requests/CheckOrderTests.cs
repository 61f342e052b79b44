using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>A server with so few requests a day that using them up costs nothing.</summary>
public sealed class OneRequestPerDayServer : IAsyncLifetime, ITestServer
{
    private InProcessServer? _server;

    public Uri Address => _server!.Address;
    public TestDatabase Database => _server!.Database;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync(("Messaging:RequestsPerDay", "1"));

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}

/// <summary>
/// The check order of SendRequest and OpenConversation, and the button that says the same: of all circumstances, the
/// one that comes first in the contract answers. Each is tried together with all later ones.
/// </summary>
public sealed class CheckOrderTests(OneRequestPerDayServer server) : IClassFixture<OneRequestPerDayServer>
{
    private const string Done = "";

    // What cannot be at once. Blocking and leaving withdraw the other's own request; a blocked account that is erased later is a case of ErasureTests.
    private static readonly (Circumstance, Circumstance)[] Impossible =
    [
        (Circumstance.OtherOff, Circumstance.OtherTakesFollowedOnly),
        (Circumstance.OtherBlocks, Circumstance.Crossing),
        (Circumstance.OtherRemoved, Circumstance.Crossing),
        (Circumstance.CallerBlocks, Circumstance.OtherRemoved),
    ];

    // A chat, or one request one way or the other, is all there can be between two people; or nothing.
    private static readonly Circumstance[] Between = [Circumstance.Connected, Circumstance.Pending, Circumstance.Crossing, Circumstance.Nothing];

    private static readonly Dictionary<Circumstance, (string Send, string Open, ButtonState Button)> Answers = new()
    {
        [Circumstance.CallerBanned] = (ErrorCodes.MessagingBanned, ErrorCodes.MessagingBanned, ButtonState.Hidden),
        [Circumstance.CallerOff] = (ErrorCodes.MessagingDisabled, ErrorCodes.MessagingDisabled, ButtonState.Hidden),
        [Circumstance.CallerBlocks] = (ErrorCodes.YouBlockedUser, ErrorCodes.YouBlockedUser, ButtonState.Hidden),
        [Circumstance.Connected] = (ErrorCodes.AlreadyConnected, Done, ButtonState.Message),
        [Circumstance.Pending] = (ErrorCodes.RequestPending, ErrorCodes.RequestPending, ButtonState.Pending),
        [Circumstance.OtherBlocks] = (ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingUnavailable, ButtonState.Hidden),
        [Circumstance.OtherOff] = (ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingUnavailable, ButtonState.Hidden),
        [Circumstance.OtherRemoved] = (ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingUnavailable, ButtonState.Hidden),
        [Circumstance.Crossing] = (Done, ErrorCodes.RequestRequired, ButtonState.Respond),
        [Circumstance.OtherUnder16] = (ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingUnavailable, ButtonState.Hidden),
        [Circumstance.OtherFollows] = (Done, Done, ButtonState.Message),
        [Circumstance.OtherVerified] = (ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingUnavailable, ButtonState.Hidden),
        [Circumstance.OtherTakesFollowedOnly] = (ErrorCodes.NotFollowed, ErrorCodes.NotFollowed, ButtonState.Notice),
        [Circumstance.LimitReached] = (ErrorCodes.RequestLimitReached, ErrorCodes.RequestRequired, ButtonState.Request),
        [Circumstance.Nothing] = (Done, ErrorCodes.RequestRequired, ButtonState.Request),
    };

    /// <summary>Each circumstance with what is between the two, as far as that comes later.</summary>
    public static TheoryData<Circumstance, Circumstance> Cases() =>
    [
        .. from between in Between
           from first in Enum.GetValues<Circumstance>()
           where first == between || (!Between.Contains(first) && !Excludes(first, between) && (first < between || between == Between[^1]))
           select (first, between),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_first_circumstance_answers_whatever_comes_later(Circumstance first, Circumstance between)
    {
        var later = Enum.GetValues<Circumstance>()
            .Where(other => other > first && !Excludes(first, other) && (other == between || (!Between.Contains(other) && !Excludes(between, other))));
        var pair = await Pair.InAsync(server, [first, .. later]);
        var (send, open, button) = Answers[first];

        var before = await pair.Caller.Hub.GetMe(new());
        Assert.Equal(button, (await pair.Caller.ProfileAsync(pair.Other)).MessageButton.State);

        // Opening would change what sending finds, where it goes on.
        var opens = open == Done && send == Done;
        if (!opens)
            Assert.Equal(open, await CodeAsync(pair.Caller.OpenAsync(pair.Other)));
        Assert.Equal(before.Version, (await pair.Caller.Hub.GetMe(new())).Version);
        Assert.Equal(send, await CodeAsync(pair.Caller.RequestAsync(pair.Other)));

        // A refusal changes nothing; neither crossing nor a direct opening counts for the day.
        var after = await pair.Caller.Hub.GetMe(new());
        Assert.Equal(before.Version + (send == Done ? 1 : 0), after.Version);
        Assert.Equal(before.RequestsLeftToday - (first == Circumstance.Nothing ? 1 : 0), after.RequestsLeftToday);
    }

    [Fact]
    public async Task A_chat_opens_at_once_with_a_follower()
    {
        var pair = await Pair.InAsync(server, Circumstance.OtherFollows, Circumstance.OtherVerified, Circumstance.OtherTakesFollowedOnly);
        Assert.Equal(Done, await CodeAsync(pair.Caller.OpenAsync(pair.Other)));
    }

    [Fact]
    public async Task Message_to_oneself_is_refused_and_a_ban_comes_first()
    {
        var alice = await server.ConnectUserAsync("alice");
        await Wire.RefusedAsync(ErrorCodes.CannotMessageSelf, alice.RequestAsync(alice));
        await Wire.RefusedAsync(ErrorCodes.CannotMessageSelf, alice.OpenAsync(alice));
        Assert.Equal(ButtonState.Hidden, (await alice.ProfileAsync(alice)).MessageButton.State);

        await alice.SetAsync(MessagingPolicy.Nobody);
        await Wire.RefusedAsync(ErrorCodes.MessagingDisabled, alice.RequestAsync(alice));
        await Wire.RefusedAsync(ErrorCodes.MessagingDisabled, alice.Hub.OpenConversation(new() { UserId = "nobody" }));
        await server.BanAsync(alice);
        await Wire.RefusedAsync(ErrorCodes.MessagingBanned, alice.RequestAsync(alice));
    }

    [Fact]
    public async Task Arguments_come_before_everything_and_a_known_clientId_right_after()
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Hello?", "first");
        await bob.BlockAsync(alice);
        await alice.BlockAsync(bob);
        await alice.SetAsync(MessagingPolicy.Nobody);
        await server.BanAsync(alice);

        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.RequestAsync(bob, "  "));
        var again = await alice.RequestAsync(bob, "Hello?", "first");
        Assert.Equal((0, sent.Request.RequestId, RequestState.Withdrawn), (again.Version, again.Request.RequestId, again.Request.State));
        await Wire.RefusedAsync(ErrorCodes.MessagingBanned, alice.RequestAsync(bob, "Hello?", "second"));
    }

    [Fact]
    public async Task The_sentence_of_a_notice_is_the_one_of_the_refusal()
    {
        var pair = await Pair.InAsync(server, Circumstance.OtherTakesFollowedOnly);
        const string sentence = "Messages cannot be sent since this user isn’t following you.";
        Assert.Equal(sentence, (await pair.Caller.ProfileAsync(pair.Other)).MessageButton.Notice);
        Assert.Equal(sentence, (await Wire.RefusedAsync(ErrorCodes.NotFollowed, pair.Caller.RequestAsync(pair.Other))).Message);
    }

    private static bool Excludes(Circumstance one, Circumstance other) =>
        Impossible.Contains((one, other)) || Impossible.Contains((other, one));

    private static async Task<string> CodeAsync(Task call)
    {
        try
        {
            await call.SoonAsync();
            return Done;
        }
        catch (ChatHubException e)
        {
            return e.Code;
        }
    }
}
