using System.Collections.Concurrent;
using ChatHub.Server.Embedding;

namespace ChatHub.Tests.Hooks;

/// <summary>A host's policy that does what a test says of a recipient, allows all else, and keeps what it was asked.</summary>
internal sealed class TestPolicy : IContactPolicy
{
    private readonly ConcurrentDictionary<string, Func<Task<ContactVerdict>>> _decisions = [];
    private readonly ConcurrentQueue<ContactQuestion> _questions = [];

    public void Decide(string recipientId, Func<Task<ContactVerdict>> decision) => _decisions[recipientId] = decision;

    public void Decide(string recipientId, ContactVerdict verdict) => Decide(recipientId, () => Task.FromResult(verdict));

    /// <summary>The questions about one recipient, in their order.</summary>
    public IReadOnlyList<ContactQuestion> QuestionsAbout(string recipientId) =>
        [.. _questions.Where(question => question.RecipientId == recipientId)];

    public Task<ContactVerdict> DecideAsync(ContactQuestion question, CancellationToken cancellation)
    {
        _questions.Enqueue(question);
        return _decisions.TryGetValue(question.RecipientId, out var decision) ? decision() : Task.FromResult(ContactVerdict.Allow);
    }
}
