using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>What an edit, a removal and a reaction make of a message.</summary>
public sealed class MessageChangeRulesTests
{
    private const long Caller = 1;
    private const long Peer = 2;
    private const long SentAt = 1_000_000;
    private const long Now = SentAt + 60_000;
    private const long LastInstant = SentAt + (15 * 60 * 1_000);

    private static readonly ChatFacts Chat = new() { SentCount = 5, PeerSentCount = 5, PeerKey = Peer };
    private static readonly MessageRow Own = new() { Seq = 4, SenderKey = Caller, Text = "Hello", SentAt = SentAt, SenderEmoji = "👍", PeerEmoji = "🎉" };
    private static readonly MessageRow Theirs = Own with { Seq = 6, SenderKey = Peer };
    private static readonly MessageRow Removed = Own with { Text = "", RemovedAt = SentAt + 1, SenderEmoji = null, PeerEmoji = null };

    /// <summary>What refuses to write in the chat, each with its code.</summary>
    public static TheoryData<ChatFacts, string> Restrictions() => new()
    {
        { Chat with { IsBanned = true }, ErrorCodes.MessagingBanned },
        { Chat with { Policy = MessagingPolicy.Nobody }, ErrorCodes.MessagingDisabled },
        { Chat with { YouBlocked = true }, ErrorCodes.YouBlockedUser },
        { Chat with { PeerBlocked = true }, ErrorCodes.MessagingUnavailable },
        { Chat with { PeerPolicy = MessagingPolicy.Nobody }, ErrorCodes.MessagingUnavailable },
        { Chat with { PeerRemovedAt = 1 }, ErrorCodes.MessagingUnavailable },
    };

    [Fact]
    public void Edit_gives_the_text_and_its_instant_and_leaves_the_rest() =>
        Assert.Equal(Own with { Text = "Hello!", EditedAt = Now }, MessageChangeRules.Edit(Own, Chat, Caller, "Hello!", Now));

    [Theory]
    [InlineData(LastInstant, null)]
    [InlineData(LastInstant + 1, ErrorCodes.EditClosed)]
    public void Edit_is_possible_for_15_minutes(long now, string? code) =>
        Assert.Equal(code, Refusal(() => MessageChangeRules.Edit(Own, Chat, Caller, "Hello!", now)));

    [Fact]
    public void Edit_of_a_removed_message_is_closed() =>
        Assert.Equal(ErrorCodes.EditClosed, Refusal(() => MessageChangeRules.Edit(Removed, Chat, Caller, "Hello!", Now)));

    [Theory]
    [MemberData(nameof(Restrictions))]
    public void Edit_repeated_gives_the_same_row_whatever_happened_since(ChatFacts restricted, string code)
    {
        Assert.Same(Own, MessageChangeRules.Edit(Own, restricted, Caller, Own.Text, LastInstant + 1));
        Assert.Equal(code, Refusal(() => MessageChangeRules.Edit(Own, restricted, Caller, "Hello!", LastInstant + 1)));
    }

    [Fact]
    public void Edit_of_what_is_no_own_message_in_view_is_invalid() => Assert.All(
        [null, Theirs, Own with { Seq = 11 }],
        message => Assert.Equal(ErrorCodes.InvalidArgument, Refusal(() => MessageChangeRules.Edit(message, Chat, Caller, Own.Text, Now))));

    [Fact]
    public void Remove_takes_the_text_and_the_reactions_of_both() =>
        Assert.Equal(
            Own with { Text = "", RemovedAt = Now, SenderEmoji = null, PeerEmoji = null }, MessageChangeRules.Remove(Own, Chat, Caller, Now));

    [Fact]
    public void Remove_again_gives_the_same_row() => Assert.Same(Removed, MessageChangeRules.Remove(Removed, Chat, Caller, Now));

    [Theory]
    [MemberData(nameof(Restrictions))]
    public void Remove_works_whatever_stands_between_the_two(ChatFacts restricted, string code)
    {
        Assert.NotNull(code);
        Assert.Equal(Now, MessageChangeRules.Remove(Own, restricted, Caller, Now).RemovedAt);
    }

    [Fact]
    public void Remove_of_anything_but_an_own_message_is_invalid() => Assert.All(
        [null, Theirs],
        message => Assert.Equal(ErrorCodes.InvalidArgument, Refusal(() => MessageChangeRules.Remove(message, Chat, Caller, Now))));

    [Fact]
    public void Cleared_own_message_can_be_removed_and_neither_edited_nor_reacted_to()
    {
        var cleared = Chat with { ClearedSeq = Own.Seq };
        Assert.Equal(Now, MessageChangeRules.Remove(Own, cleared, Caller, Now).RemovedAt);
        Assert.Equal(ErrorCodes.InvalidArgument, Refusal(() => MessageChangeRules.Edit(Own, cleared, Caller, "Hello!", Now)));
        Assert.Equal(ErrorCodes.InvalidArgument, Refusal(() => MessageChangeRules.React(Own, cleared, Caller, "🦊")));

        var before = Chat with { ClearedSeq = Own.Seq - 1 };
        Assert.Equal("Hello!", MessageChangeRules.Edit(Own, before, Caller, "Hello!", Now).Text);
        Assert.Equal("🦊", MessageChangeRules.React(Own, before, Caller, "🦊").SenderEmoji);
    }

    [Theory]
    [InlineData("🦊")]
    [InlineData(null)]
    public void React_sets_the_callers_own_reaction_alone(string? emoji)
    {
        Assert.Equal(Own with { SenderEmoji = emoji }, MessageChangeRules.React(Own, Chat, Caller, emoji));
        Assert.Equal(Theirs with { PeerEmoji = emoji }, MessageChangeRules.React(Theirs, Chat, Caller, emoji));
    }

    [Theory]
    [MemberData(nameof(Restrictions))]
    public void React_repeated_gives_the_same_row_whatever_happened_since(ChatFacts restricted, string code)
    {
        Assert.Same(Own, MessageChangeRules.React(Own, restricted, Caller, Own.SenderEmoji));
        Assert.Same(Theirs, MessageChangeRules.React(Theirs, restricted, Caller, Theirs.PeerEmoji));
        Assert.Same(Removed, MessageChangeRules.React(Removed, restricted, Caller, null));
        Assert.Equal(code, Refusal(() => MessageChangeRules.React(Theirs, restricted, Caller, "🦊")));
    }

    [Fact]
    public void React_to_a_removed_message_is_closed_after_every_restriction()
    {
        Assert.Equal(ErrorCodes.EditClosed, Refusal(() => MessageChangeRules.React(Removed, Chat, Caller, "🦊")));
        Assert.Equal(ErrorCodes.YouBlockedUser, Refusal(() => MessageChangeRules.React(Removed, Chat with { YouBlocked = true }, Caller, "🦊")));
    }

    [Fact]
    public void React_to_no_message_in_view_is_invalid() => Assert.All(
        [null, Own with { Seq = 11 }],
        message => Assert.Equal(ErrorCodes.InvalidArgument, Refusal(() => MessageChangeRules.React(message, Chat, Caller, message?.SenderEmoji))));

    [Fact]
    public void Refusal_says_which_message_it_must_be()
    {
        Assert.Equal(
            "seq must be a message of yours in this conversation.",
            Assert.Throws<ChatHubException>(() => MessageChangeRules.Remove(Theirs, Chat, Caller, Now)).Message);
        Assert.Equal(
            "seq must be a message of this conversation.",
            Assert.Throws<ChatHubException>(() => MessageChangeRules.React(null, Chat, Caller, "🦊")).Message);
    }

    private static string? Refusal(Func<MessageRow> change)
    {
        try
        {
            change();
            return null;
        }
        catch (ChatHubException e)
        {
            return e.Code;
        }
    }
}
