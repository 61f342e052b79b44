using ChatHub.Server.Embedding;

namespace ChatHub.Samples.HostApp;

/// <summary>Beyond ChatHub's own rules: suspended members reach no one new, and a first message with a link is set apart.</summary>
internal sealed class ClubRules(Members members) : IContactPolicy
{
    public Task<ContactVerdict> DecideAsync(ContactQuestion question, CancellationToken cancellation) => Task.FromResult(
        members.Find(question.SenderId) is not { IsSuspended: false } ? ContactVerdict.Refuse
        : question.Text?.Contains("://", StringComparison.Ordinal) == true ? ContactVerdict.Filtered
        : ContactVerdict.Allow);
}
