using ChatHub.Server.Embedding;
using ChatHub.Server.People;

namespace ChatHub.Server.Requests.Hooks;

/// <summary>
/// Asks the host's hooks about a contact, between transactions and never within one: a command that finds an answer missing ends
/// without having written, and runs again with it. Each hook is asked once at most.
/// </summary>
public sealed class ContactHooks(HookCalls calls, HostDirectory directory)
{
    /// <summary>The results of a contact before anything is asked; complete where the host has no hooks.</summary>
    public HookResults Unasked { get; } = new()
    {
        IsDirectoryRead = !directory.IsOn,
        Verdict = calls.Has<IContactPolicy>() ? null : ContactVerdict.Allow,
    };

    /// <summary>The results with those of one more hook.</summary>
    public async Task<HookResults> AskAsync(Hook hook, Contact contact, HookResults results, CancellationToken cancellation)
    {
        var deadline = results.Deadline ?? calls.Begin();
        return hook == Hook.Directory
            ? results with { Deadline = deadline, IsDirectoryRead = true, IsDirectoryAway = !await IsReadAsync() }
            : results with { Deadline = deadline, Verdict = await DecideAsync() };

        Task<bool> IsReadAsync() => directory.ReadContactAsync(contact.Caller.User.Id, contact.OtherId, deadline, cancellation);

        async Task<ContactVerdict> DecideAsync()
        {
            var question = new ContactQuestion(contact.Caller.User.Id, contact.OtherId, contact.Text);
            var (isAnswered, verdict) = await calls.TryAsync<IContactPolicy, ContactVerdict>(
                (policy, token) => policy.DecideAsync(question, token), deadline, cancellation);
            return isAnswered ? verdict : ContactVerdict.Refuse;
        }
    }
}
