namespace ChatHub.Server.Embedding;

/// <summary>
/// The host's own decision on whether a user may send another a request. It can only refuse, or choose the folder filtered: it is
/// called where ChatHub's own rules would let a request through, before the transaction, and never for accepting, crossing requests,
/// chats that open directly and open chats. All that is read of the host for one contact has <c>Hooks:TimeoutMilliseconds</c>
/// together; an exception or a timeout counts as <see cref="ContactVerdict.Refuse"/>. Resolved in a scope of its own for each call, as
/// registered: singleton, scoped or transient; calls overlap.
/// </summary>
public interface IContactPolicy
{
    /// <summary>Decides one contact. SendRequest, OpenConversation and the message button all call it, so that the three agree.</summary>
    /// <param name="question">Who would contact whom.</param>
    /// <param name="cancellation">Cancelled at the timeout; an implementation that ignores it is not waited for.</param>
    Task<ContactVerdict> DecideAsync(ContactQuestion question, CancellationToken cancellation);
}
