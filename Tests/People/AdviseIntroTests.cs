using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Advice on an introduction, and never a refusal.</summary>
public sealed class AdviseIntroTests(SharedServer server)
{
    [Fact]
    public async Task The_advice_knows_whether_the_writer_follows_them()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        const string text = "I read your paper on tidal power last week. Which site would you choose first?";
        var tip = Assert.Single((await AdviseAsync(alice, bob, text)).Tips);
        Assert.Equal(IntroTipCode.NotFollowing, tip.Code);
        Assert.NotEmpty(tip.Text);

        await alice.FollowAsync(bob);
        Assert.Empty((await AdviseAsync(alice, bob, text)).Tips);
        await bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Any_draft_is_advised_and_whom_it_is_for_must_exist()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        Assert.NotEmpty((await AdviseAsync(alice, bob, "")).Tips);
        Assert.NotEmpty((await AdviseAsync(alice, bob, new string('x', 4000))).Tips);
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.AdviseIntro(new() { RecipientId = "nobody", Text = "Hello" }));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.Hub.AdviseIntro(new() { RecipientId = bob.Id }));
        await server.EraseAsync(bob);
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, AdviseAsync(alice, bob, "Hello"));
    }

    private static Task<IntroAdvice> AdviseAsync(Device writer, Device recipient, string text) =>
        writer.Hub.AdviseIntro(new() { RecipientId = recipient.Id, Text = text });
}
