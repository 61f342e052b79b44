namespace ChatHub.Contracts;

/// <summary>A page of a list. Without <see cref="NextCursor"/> it is the last.</summary>
public sealed record Page<T>
{
    /// <summary>The items of the page.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last page.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>A part of a conversation, by rising seq.</summary>
public sealed record MessagePage
{
    /// <summary>The items of the page.</summary>
    public required IReadOnlyList<Message> Items { get; init; }

    /// <summary>Whether more lie beyond the page, in the requested direction.</summary>
    public required bool HasMore { get; init; }
}

/// <summary>What changed for the caller since a version, each item once, in its latest state, in the order of its stamp.</summary>
public sealed record SyncPage
{
    /// <summary>The database's present epoch.</summary>
    public required string Epoch { get; init; }

    /// <summary>How far the page reaches; on the last page the caller's own version.</summary>
    public required long Version { get; init; }

    /// <summary>Whether another page follows.</summary>
    public required bool HasMore { get; init; }

    /// <summary>Another epoch, or a version from the future: drop everything, take <see cref="Version"/>, read the lists.</summary>
    public required bool Reset { get; init; }

    /// <summary>The user; valid on the last page only.</summary>
    public required Me Me { get; init; }

    /// <summary>Changed conversations.</summary>
    public required IReadOnlyList<Conversation> Conversations { get; init; }

    /// <summary>Changed requests.</summary>
    public required IReadOnlyList<Request> Requests { get; init; }

    /// <summary>Requests that left the folder.</summary>
    public required IReadOnlyList<string> RemovedRequestIds { get; init; }
}

/// <summary>Advice on an introduction: never a refusal.</summary>
public sealed record IntroAdvice
{
    /// <summary>The tips; empty when there is nothing to improve.</summary>
    public required IReadOnlyList<IntroTip> Tips { get; init; }
}

/// <summary>One tip.</summary>
public sealed record IntroTip
{
    /// <summary>The kind of the tip, for programs.</summary>
    public required IntroTipCode Code { get; init; }

    /// <summary>The tip, for people.</summary>
    public required string Text { get; init; }
}

/// <summary>The kinds of tips.</summary>
public enum IntroTipCode
{
    /// <summary>The text could be sent to anyone.</summary>
    TooGeneric,

    /// <summary>More than three sentences.</summary>
    TooLong,

    /// <summary>No question that invites more than yes or no.</summary>
    NoOpenQuestion,

    /// <summary>The sender does not follow the recipient.</summary>
    NotFollowing,

    /// <summary>The text is about looks.</summary>
    AboutLooks,

    /// <summary>The recipient has very many followers.</summary>
    VeryPopular,
}

/// <summary>Why a user is reported.</summary>
public enum ReportReason
{
    /// <summary>Insults, threats, pressure.</summary>
    Harassment,

    /// <summary>Advertising or fraud.</summary>
    Spam,

    /// <summary>Hate against a group.</summary>
    Hate,

    /// <summary>Unwanted sexual content.</summary>
    Sexual,

    /// <summary>Danger to a minor.</summary>
    MinorSafety,

    /// <summary>Another reason, given in the note.</summary>
    Other,
}

/// <summary>The receipt of a report.</summary>
public sealed record ReportReceipt
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }
}

/// <summary>The result of a method without one: <c>{}</c>.</summary>
public sealed record Nothing;
