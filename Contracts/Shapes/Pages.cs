namespace ChatHub.Contracts;

/// <summary>A part of a list. Without <see cref="NextCursor"/> it is the last.</summary>
public sealed record Page<T>
{
    public required IReadOnlyList<T> Items { get; init; }
    public string? NextCursor { get; init; }
}

/// <summary>A part of a conversation, by rising seq.</summary>
public sealed record MessagePage
{
    public required IReadOnlyList<Message> Items { get; init; }

    /// <summary>Whether more lie beyond the page, in the direction that was asked for.</summary>
    public required bool HasMore { get; init; }
}

/// <summary>What changed for the caller since a version, each item once, in its latest state, in the order of its stamp.</summary>
public sealed record SyncPage
{
    public required string Epoch { get; init; }

    /// <summary>How far the page reaches; on the last page the caller's own version.</summary>
    public required long Version { get; init; }
    public required bool HasMore { get; init; }

    /// <summary>Another epoch, or a version from the future: drop everything, take <see cref="Version"/>, read the lists.</summary>
    public required bool Reset { get; init; }
    public required Me Me { get; init; }
    public required IReadOnlyList<Conversation> Conversations { get; init; }
    public required IReadOnlyList<Request> Requests { get; init; }
    public required IReadOnlyList<string> RemovedRequestIds { get; init; }
}

/// <summary>Advice on an introduction: never a refusal.</summary>
public sealed record IntroAdvice
{
    public required IReadOnlyList<IntroTip> Tips { get; init; }
}

public sealed record IntroTip
{
    public required IntroTipCode Code { get; init; }
    public required string Text { get; init; }
}

public enum IntroTipCode
{
    TooGeneric,
    TooLong,
    NoOpenQuestion,
    NotFollowing,
    AboutLooks,
    VeryPopular,
}

public enum ReportReason
{
    Harassment,
    Spam,
    Hate,
    Sexual,
    MinorSafety,
    Other,
}

/// <summary>The receipt of a report.</summary>
public sealed record ReportReceipt
{
    public required string ReportId { get; init; }

    /// <summary>Where the call was to block: as Block would have answered. The caller's other devices get it as an event.</summary>
    public BlockChanged? BlockChanged { get; init; }
}

/// <summary>The answer of a method that has nothing to tell: <c>{}</c>.</summary>
public sealed record Nothing;
