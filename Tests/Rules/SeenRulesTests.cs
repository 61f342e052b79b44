using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Tests.Infrastructure;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Receipts by counters alone agree with counting messages.</summary>
public sealed class SeenRulesTests
{
    [Fact]
    public void The_running_count_gives_the_peers_messages_up_to_any_message() =>
        Prop.ForAll<bool[]>(sentByPeer =>
        {
            long own = 0, peers = 0;
            for (var i = 0; i < sentByPeer.Length; i++)
            {
                var count = sentByPeer[i] ? ++peers : ++own;
                if (SeenRules.PeerMessagesUpTo(i + 1, count, sentByPeer[i]) != sentByPeer.Take(i + 1).Count(byPeer => byPeer))
                    return false;
            }

            return true;
        }).Holds();

    [Theory]
    [InlineData(true, false, false, true)]
    [InlineData(false, false, false, false)]
    [InlineData(true, true, false, false)]
    [InlineData(true, false, true, false)]
    [InlineData(false, true, true, false)]
    public void Seen_mark_is_shown_unless_receipts_are_off_or_either_side_blocks(bool receipts, bool youBlocked, bool peerBlocked, bool shown) =>
        Assert.Equal(shown, SeenRules.IsShown(receipts, youBlocked, peerBlocked));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(3, 3, 0, 0)]
    [InlineData(3, 1, 0, -2)]
    [InlineData(3, 0, -1, -3)]
    [InlineData(1, 0, -1, -1)]
    public void Mark_lowers_the_unread_messages_and_with_the_last_one_the_unread_chats(long before, long after, int conversations, long messages) =>
        Assert.Equal(new(UnreadConversations: conversations, UnreadMessages: messages), SeenRules.Delta(before, after));

    [Theory]
    [InlineData(5, true, 9, 4, MessageStatus.Sent)]
    [InlineData(5, true, 0, 5, MessageStatus.Seen)]
    [InlineData(5, false, 4, 9, MessageStatus.Sent)]
    [InlineData(5, false, 5, 0, MessageStatus.Seen)]
    public void Own_messages_turn_green_by_the_peers_mark_and_theirs_by_ones_own(
        long seq, bool isOwn, long seenSeq, long peerShownSeq, MessageStatus status) =>
        Assert.Equal(status, SeenRules.Status(seq, isOwn, seenSeq, peerShownSeq));
}
