using ChatHub.Contracts;
using ChatHub.Server.Requests;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>What accepting, deleting and withdrawing lead to, in each state and for each person.</summary>
public sealed class RequestRulesTests
{
    private const long Sender = 1;
    private const long Recipient = 2;
    private const long Stranger = 3;

    [Theory]
    [InlineData(RequestState.Pending, RequestTransition.Apply, RequestTransition.Apply, RequestTransition.Apply)]
    [InlineData(RequestState.Accepted, RequestTransition.AlreadyApplied, RequestTransition.Apply, RequestTransition.Closed)]
    [InlineData(RequestState.Withdrawn, RequestTransition.Closed, RequestTransition.Apply, RequestTransition.AlreadyApplied)]
    [InlineData(RequestState.Expired, RequestTransition.Closed, RequestTransition.Apply, RequestTransition.Closed)]
    public void Transitions_of_each_side_follow_the_table(RequestState state, RequestTransition accept, RequestTransition delete, RequestTransition withdraw)
    {
        var request = Request(state);

        Assert.Equal(accept, RequestRules.Accept(request, Recipient));
        Assert.Equal(delete, RequestRules.Delete(request, Recipient));
        Assert.Equal(withdraw, RequestRules.Withdraw(request, Sender));
    }

    [Theory]
    [InlineData(RequestState.Pending)]
    [InlineData(RequestState.Accepted)]
    [InlineData(RequestState.Withdrawn)]
    [InlineData(RequestState.Expired)]
    public void Transition_by_another_user_is_not_found(RequestState state)
    {
        var request = Request(state);

        foreach (var other in (long[])[Sender, Stranger])
        {
            Assert.Equal(RequestTransition.NotFound, RequestRules.Accept(request, other));
            Assert.Equal(RequestTransition.NotFound, RequestRules.Delete(request, other));
        }

        foreach (var other in (long[])[Recipient, Stranger])
            Assert.Equal(RequestTransition.NotFound, RequestRules.Withdraw(request, other));
    }

    [Theory]
    [InlineData(RequestState.Pending)]
    [InlineData(RequestState.Accepted)]
    [InlineData(RequestState.Withdrawn)]
    [InlineData(RequestState.Expired)]
    public void A_deleted_request_is_gone_for_its_recipient_but_deleting_again_succeeds(RequestState state)
    {
        var waits = state == RequestState.Pending;
        var deleted = Request(state) with { DeletedAt = 1, Entry = waits ? RequestEntry.Deleted : null };

        Assert.Equal(state == RequestState.Accepted ? RequestTransition.NotFound : RequestTransition.Closed, RequestRules.Accept(deleted, Recipient));
        Assert.Equal(RequestTransition.AlreadyApplied, RequestRules.Delete(deleted, Recipient));
        Assert.False(RequestRules.IsListed(deleted, now: 0));
        Assert.Equal(waits, RequestRules.IsVisibleToRecipient(deleted, now: 0));
    }

    [Theory]
    [InlineData(RequestState.Pending, RequestEntry.Deleted, RequestTransition.Apply)]
    [InlineData(RequestState.Pending, RequestEntry.Main, RequestTransition.AlreadyApplied)]
    [InlineData(RequestState.Pending, RequestEntry.Filtered, RequestTransition.AlreadyApplied)]
    [InlineData(RequestState.Accepted, RequestEntry.Accepted, RequestTransition.NotFound)]
    [InlineData(RequestState.Accepted, null, RequestTransition.NotFound)]
    [InlineData(RequestState.Withdrawn, null, RequestTransition.Closed)]
    [InlineData(RequestState.Expired, null, RequestTransition.Closed)]
    public void Pending_request_in_deleted_can_be_restored(RequestState state, RequestEntry? entry, RequestTransition restore)
    {
        var request = Request(state) with { Entry = entry };

        Assert.Equal(restore, RequestRules.Restore(request, Recipient));
        Assert.Equal(RequestTransition.NotFound, RequestRules.Restore(request, Sender));
        Assert.Equal(RequestTransition.NotFound, RequestRules.Restore(request with { RecipientVersion = 0 }, Recipient));
    }

    [Fact]
    public void Only_main_and_filtered_are_counted_by_a_badge_each()
    {
        Assert.Equal(new(PendingRequests: 1), RequestRules.Badges(RequestEntry.Main, 1));
        Assert.Equal(new(FilteredRequests: -1), RequestRules.Badges(RequestEntry.Filtered, -1));
        Assert.All((RequestEntry?[])[null, RequestEntry.Deleted, RequestEntry.Accepted, RequestEntry.Suppressed], entry => Assert.Equal(default, RequestRules.Badges(entry, 1)));
    }

    [Theory]
    [InlineData(RequestEntry.Main, RequestFolder.Main)]
    [InlineData(RequestEntry.Filtered, RequestFolder.Filtered)]
    [InlineData(RequestEntry.Suppressed, null)]
    public void New_request_arrives_in_its_folder_unless_it_is_suppressed(RequestEntry entry, RequestFolder? folder) =>
        Assert.Equal(folder, RequestRules.Folder(entry));

    [Theory]
    [InlineData(RequestTransition.Closed, ErrorCodes.RequestClosed)]
    [InlineData(RequestTransition.NotFound, ErrorCodes.RequestNotFound)]
    public void Transition_that_is_not_possible_has_its_code(RequestTransition transition, string code) =>
        Assert.Equal(code, RequestRules.Error(transition).Code);

    [Fact]
    public void The_sender_can_withdraw_what_was_silently_deleted() =>
        Assert.Equal(RequestTransition.Apply, RequestRules.Withdraw(Request(RequestState.Pending) with { DeletedAt = 1, Entry = RequestEntry.Deleted }, Sender));

    [Fact]
    public void A_request_that_never_reached_its_recipient_is_not_theirs_to_answer()
    {
        var suppressed = Request(RequestState.Pending) with { Entry = RequestEntry.Suppressed, RecipientVersion = 0 };

        Assert.Equal(RequestTransition.NotFound, RequestRules.Accept(suppressed, Recipient));
        Assert.Equal(RequestTransition.NotFound, RequestRules.Delete(suppressed, Recipient));
    }

    [Fact]
    public void A_request_is_visible_until_the_instant_it_expires()
    {
        var request = Request(RequestState.Pending);

        Assert.True(RequestRules.IsVisibleToRecipient(request, request.ExpiresAt - 1));
        Assert.False(RequestRules.IsVisibleToRecipient(request, request.ExpiresAt));
        Assert.Equal(RequestState.Pending, request.ToContract(Sender, request.ExpiresAt - 1).State);
        Assert.Equal(RequestState.Expired, request.ToContract(Sender, request.ExpiresAt).State);
    }

    private static RequestRow Request(RequestState state) => new()
    {
        SenderKey = Sender,
        RecipientKey = Recipient,
        State = state,
        Entry = state switch
        {
            RequestState.Pending => RequestEntry.Main,
            RequestState.Accepted => RequestEntry.Accepted,
            _ => null,
        },
        ExpiresAt = 1_000,
        SenderVersion = 1,
        RecipientVersion = 1,
    };
}
