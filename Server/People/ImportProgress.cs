using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>How far an import is, and what of it waits.</summary>
internal sealed class ImportProgress
{
    private const int MaxErrors = 1_000;

    // Retried over and over: a bound on the work that a hostile order of lines makes.
    private const int MaxConflicts = 1_000;

    private readonly List<ImportError> _errors = [];

    public long Lines { get; set; }
    public long Users { get; private set; }
    public long Follows { get; private set; }
    public long Failed { get; private set; }

    /// <summary>Lines that are being carried out.</summary>
    public List<(ImportEntry Entry, Task Done)> Waiting { get; } = [];

    /// <summary>Whom these lines are about.</summary>
    public HashSet<(string?, string?)> Keys { get; } = [];

    /// <summary>The names that they give.</summary>
    public HashSet<string> Names { get; } = [];

    /// <summary>Lines of users whose name another user has, who may give it up in a later line.</summary>
    public List<ImportEntry> Conflicts { get; } = [];

    public void Succeed(ImportEntry entry)
    {
        if (entry.Line.Type == ImportType.Follow)
            Follows++;
        else
            Users++;
    }

    public void Refuse(long number, ChatHubException refusal)
    {
        Failed++;
        if (_errors.Count < MaxErrors)
            _errors.Add(new() { Line = number, Code = refusal.Code, Message = refusal.Message });
    }

    /// <summary>Refused; or kept, where the name may become free.</summary>
    public void Refuse(ImportEntry entry, ChatHubException refusal)
    {
        if (refusal.Code == ErrorCodes.UsernameTaken && Conflicts.Count < MaxConflicts)
            Conflicts.Add(entry);
        else
            Refuse(entry.Number, refusal);
    }

    /// <summary>Whether an earlier line waits for this name.</summary>
    public bool IsAwaited(string? nameKey) => nameKey is not null && Conflicts.Exists(entry => entry.NameKey == nameKey);

    /// <summary>Of two lines about the same user the later one holds.</summary>
    public void Supersede(string? userId)
    {
        foreach (var entry in Conflicts.FindAll(entry => entry.Line.UserId == userId))
            GiveUp(entry);
    }

    /// <summary>The name stays another's.</summary>
    public void GiveUp(ImportEntry entry)
    {
        Conflicts.Remove(entry);
        Refuse(entry.Number, Errors.UsernameTaken());
    }

    public ImportReport Report() => new()
    {
        Lines = Lines,
        Users = Users,
        Follows = Follows,
        Failed = Failed,
        Errors = [.. _errors.OrderBy(error => error.Line)],
    };
}
