using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>The outcome of a command: its result or its refusal, and the event of each user.</summary>
internal sealed record Outcome(object? Answer, string? Code, int? RetryAfter, IReadOnlyList<ModelEvent> Events);

internal sealed record ModelEvent(ModelUser User, IVersioned Event);

/// <summary>The model's way to say no.</summary>
#pragma warning disable CA1032 // Never seen outside the model: it needs no further constructors.
internal sealed class Refused(string code, int? retryAfter = null) : Exception
#pragma warning restore CA1032
{
    public string Code { get; } = code;
    public int? RetryAfter => retryAfter;
}

/// <summary>One command: one version and one event for every user whose view it changes.</summary>
internal sealed class ModelChange
{
    private readonly HashSet<ModelUser> _stamped = [];
    private readonly List<(ModelUser User, Func<long, IVersioned> Event)> _raised = [];

    public long Stamp(ModelUser user)
    {
        if (_stamped.Add(user))
            user.Version++;
        return user.Version;
    }

    /// <summary>The event is made when all is done, so that its badges are the last word.</summary>
    public void Raise(ModelUser user, Func<long, IVersioned> makeEvent)
    {
        Stamp(user);
        _raised.Add((user, makeEvent));
    }

    public IReadOnlyList<ModelEvent> Commit()
    {
        if (_raised.Count != _stamped.Count)
            throw new InvalidOperationException("The model itself breaks the rule: one event for each user whose view changes.");
        return [.. _raised.Select(raised => new ModelEvent(raised.User, raised.Event(raised.User.Version)))];
    }
}
