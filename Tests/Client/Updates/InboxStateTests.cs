using ChatHub.Client;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

/// <summary>
/// The reducer, step by step. That it converges to the server's state under any faults is what
/// <see cref="UpdateSequencerTests"/> and <see cref="UpdateLoopTests"/> prove with it.
/// </summary>
public sealed class InboxStateTests
{
    private readonly InboxState _loaded = Apply(
        InboxState.Empty,
        new InboxCleared(),
        new ConversationUpdate(Sample.Conversation()),
        new RequestUpdate(Sample.Request("Hi")),
        new MeUpdate(Sample.Me("bob") with { Badges = new() { PendingRequests = 1 } }),
        new InboxReady());

    [Fact]
    public void Apply_of_the_load_gives_conversations_requests_badges_and_the_user()
    {
        Assert.True(_loaded.IsReady);
        Assert.Equal("bob", _loaded.Me!.User.Username);
        Assert.Equal(1, _loaded.Badges.PendingRequests);
        Assert.Equal("alice", Assert.Single(_loaded.ByActivity).Peer.Username);
        Assert.Equal("Hi", Assert.Single(_loaded.RequestsFolder).Text);
    }

    [Fact]
    public void Apply_leaves_the_earlier_state_as_it_is()
    {
        var after = Apply(_loaded, new RequestRemovedUpdate("r"), new MessageUpdate(Sample.Message(1, "Hello"), 1), new InboxCleared());

        Assert.Empty(after.Conversations);
        Assert.Single(_loaded.RequestsFolder);
        Assert.Null(_loaded.Conversations["c"].LastMessage);
    }

    [Fact]
    public void Apply_of_a_message_moves_the_conversation_to_it()
    {
        var later = Sample.Message(1, "Hello") with { SentAt = Sample.Noon.AddHours(1) };
        var other = Sample.Conversation() with { ConversationId = "other", UpdatedAt = Sample.Noon.AddMinutes(1) };

        var state = Apply(_loaded, new ConversationUpdate(other), new MessageUpdate(later, 1));

        Assert.Equal(["c", "other"], state.ByActivity.Select(conversation => conversation.ConversationId));
        var conversation = state.Conversations["c"];
        Assert.Equal((1, later, 1, later.SentAt), (conversation.LastSeq, conversation.LastMessage, conversation.UnreadCount, conversation.UpdatedAt));
    }

    [Fact]
    public void Apply_of_a_message_without_an_unread_count_keeps_the_conversations()
    {
        var conversation = Sample.Conversation() with { LastSeq = 3, UnreadCount = 2 };

        var state = Apply(_loaded, new ConversationUpdate(conversation), new MessageUpdate(Sample.Message(2, "missed"), null), new MessageUpdate(Sample.Message(3, "last"), null));

        Assert.Equal((3, 2, "last"), (state.Conversations["c"].LastSeq, state.Conversations["c"].UnreadCount, state.Conversations["c"].LastMessage!.Text));
    }

    [Fact]
    public void Apply_of_a_changed_message_replaces_the_last_one_unless_it_is_older()
    {
        var (first, second) = (Sample.Message(1, "first") with { Change = 1 }, Sample.Message(1, "second") with { Change = 3 });

        var state = Apply(_loaded, new MessageUpdate(Sample.Message(1, "Hello"), 1), new MessageChangedUpdate(second, 3), new MessageChangedUpdate(first, 1));

        Assert.Equal((3, "second", 1), (state.Conversations["c"].LastChange, state.Conversations["c"].LastMessage!.Text, state.Conversations["c"].UnreadCount));
    }

    [Fact]
    public void Apply_of_a_changed_message_that_is_not_the_last_changes_no_message_of_the_list()
    {
        var state = Apply(_loaded, new MessageUpdate(Sample.Message(1, "Hello"), 1), new MessageUpdate(Sample.Message(2, "last"), 2), new MessageChangedUpdate(Sample.Message(1, "") with { Change = 1 }, 1));

        Assert.Equal((1, "last"), (state.Conversations["c"].LastChange, state.Conversations["c"].LastMessage!.Text));
    }

    [Fact]
    public void Apply_of_a_change_of_its_message_gives_an_accepted_request_that_text_unless_it_is_older()
    {
        var first = Sample.Message(1, "first") with { Change = 1 };
        var second = Sample.Message(1, "second") with { Change = 2 };
        var later = Sample.Message(2, "none") with { Change = 3, SentAt = Sample.Noon.AddHours(1) };

        var state = Apply(Accepted(), new MessageChangedUpdate(first, 1), new MessageChangedUpdate(second, 2), new MessageChangedUpdate(first, 1), new MessageChangedUpdate(later, 3));

        Assert.Equal(("second", "Mine"), (state.Requests["r"].Text, state.Requests["mine"].Text));
        state = Apply(state, new MessageChangedUpdate(Sample.Message(2, "edited", "bob") with { Change = 4, SentAt = Sample.Noon.AddMinutes(1) }, 4));
        Assert.Equal(("second", "edited"), (state.Requests["r"].Text, state.Requests["mine"].Text));
    }

    [Fact]
    public void Apply_of_a_clearing_empties_the_texts_of_the_requests_whose_messages_it_covers()
    {
        var state = Apply(Accepted(), new ConversationUpdate(Sample.Conversation() with { LastSeq = 2, ClearedSeq = 1 }));
        Assert.Equal(("", "Mine"), (state.Requests["r"].Text, state.Requests["mine"].Text));

        state = Apply(state, new ConversationUpdate(Sample.Conversation() with { LastSeq = 2, ClearedSeq = 2 }));
        Assert.Equal(("", ""), (state.Requests["r"].Text, state.Requests["mine"].Text));
    }

    /// <summary>Two crossing requests: alice's became message 1, the user's own message 2.</summary>
    private InboxState Accepted() => Apply(
        _loaded,
        new RequestUpdate(Sample.Request("Hi", RequestState.Accepted) with { ConversationId = "c" }),
        new RequestUpdate(Sample.Request("Mine", RequestState.Accepted, RequestDirection.Outgoing) with
        {
            RequestId = "mine",
            ConversationId = "c",
            Sender = Sample.Card("bob"),
            Recipient = Sample.Card("alice"),
            SentAt = Sample.Noon.AddMinutes(1),
        }));

    [Fact]
    public void Apply_of_a_new_message_takes_the_conversation_out_of_the_archive_and_of_a_known_one_does_not()
    {
        var archived = Sample.Conversation() with { LastSeq = 1, LastMessage = Sample.Message(1, "Hello"), IsArchived = true };

        var state = Apply(_loaded, new ConversationUpdate(archived), new MessageUpdate(Sample.Message(1, "Hello"), null));
        Assert.Equal("c", Assert.Single(state.Archived).ConversationId);
        Assert.Empty(state.ByActivity);

        state = Apply(state, new MessageUpdate(Sample.Message(2, "again"), 1));
        Assert.Equal("c", Assert.Single(state.ByActivity).ConversationId);
        Assert.Empty(state.Archived);
    }

    [Fact]
    public void ByActivity_begins_with_the_pinned_conversations()
    {
        var pinned = Sample.Conversation() with { ConversationId = "pinned", IsPinned = true, UpdatedAt = Sample.Noon.AddHours(-1) };

        Assert.Equal(["pinned", "c"], Apply(_loaded, new ConversationUpdate(pinned)).ByActivity.Select(chat => chat.ConversationId));
    }

    [Fact]
    public void Apply_of_the_peers_mark_makes_the_own_last_message_seen()
    {
        var state = Apply(_loaded, new MessageUpdate(Sample.Message(1, "Hello", "bob"), 0), new SeenUpdate("c", "id-alice", 1, Sample.Noon, 0));

        Assert.Equal((1, MessageStatus.Seen), (state.Conversations["c"].PeerSeenSeq, state.Conversations["c"].LastMessage!.Status));
    }

    [Fact]
    public void Apply_of_the_own_mark_lowers_the_unread_count()
    {
        var state = Apply(_loaded, new MessageUpdate(Sample.Message(1, "Hello"), 1), new SeenUpdate("c", "id-bob", 1, Sample.Noon, 0));

        Assert.Equal((1, 0, MessageStatus.Sent), (state.Conversations["c"].SeenSeq, state.Conversations["c"].UnreadCount, state.Conversations["c"].LastMessage!.Status));
    }

    [Fact]
    public void RequestsFolder_holds_incoming_pending_requests_newest_first()
    {
        var newer = Sample.Request("newer") with { RequestId = "newer", SentAt = Sample.Noon.AddHours(1) };
        var outgoing = Sample.Request("mine", direction: RequestDirection.Outgoing) with { RequestId = "mine" };

        var state = Apply(_loaded, new RequestUpdate(newer), new RequestUpdate(outgoing));
        Assert.Equal(["newer", "Hi"], state.RequestsFolder.Select(request => request.Text));

        state = Apply(state, new RequestUpdate(newer with { State = RequestState.Accepted }));
        Assert.Equal(["Hi"], state.RequestsFolder.Select(request => request.Text));
    }

    [Fact]
    public void FilteredRequests_are_apart_from_the_RequestsFolder()
    {
        var filtered = Sample.Request("casino") with { RequestId = "filtered", Folder = RequestFolder.Filtered };

        var state = Apply(_loaded, new RequestUpdate(filtered), new RequestUpdate(filtered with { RequestId = "newer", Text = "crypto", SentAt = Sample.Noon.AddHours(1) }));
        Assert.Equal(["Hi"], state.RequestsFolder.Select(request => request.Text));
        Assert.Equal(["crypto", "casino"], state.FilteredRequests.Select(request => request.Text));

        state = Apply(state, new RequestUpdate(filtered with { State = RequestState.Accepted, Folder = null }), new RequestRemovedUpdate("newer"));
        Assert.Empty(state.FilteredRequests);
    }

    [Fact]
    public void Apply_of_the_user_without_hidden_words_keeps_the_known_ones()
    {
        var words = Sample.Me("bob") with { Settings = new() { HiddenWords = ["casino"] } };

        var state = Apply(_loaded, new MeUpdate(words), new MeUpdate(Sample.Me("bob") with { Settings = new() { MinAccountAgeDays = 3 } }));
        Assert.Equal((3, "casino"), (state.Me!.Settings.MinAccountAgeDays, Assert.Single(state.Me.Settings.HiddenWords!)));

        state = Apply(state, new MeUpdate(words with { Settings = new() { HiddenWords = [] } }));
        Assert.Empty(state.Me!.Settings.HiddenWords!);
    }

    [Theory]
    [MemberData(nameof(TransientUpdates))]
    public void Apply_of_a_transient_update_returns_the_same_state(Update update) => Assert.Same(_loaded, _loaded.Apply(update));

    public static TheoryData<Update> TransientUpdates() =>
        [new TypingUpdate("c", "id-alice"), new PresenceUpdate("id-alice", true), new BlockUpdate("id-alice", true), new MessageUpdate(Sample.Message(1, "?") with { ConversationId = "unknown" }, 1)];

    private static InboxState Apply(InboxState state, params Update[] updates) => updates.Aggregate(state, (current, update) => current.Apply(update));
}
