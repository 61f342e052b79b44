using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>A row of users.</summary>
public record PersonRow : CardRow
{
    public long UserKey { get; init; }
    public string? Bio { get; init; }
    public string? BirthDate { get; init; }

    /// <summary>Since when the account exists; null where its host does not say.</summary>
    public long? JoinedAt { get; init; }
    public MessagingPolicy MessagingPolicy { get; init; }
    public bool SendSeenReceipts { get; init; }
    public bool ShowPresence { get; init; }
    public int MinAgeDays { get; init; }
    public PushContent PushContent { get; init; }
    public long FollowerCount { get; init; }
    public long FollowingCount { get; init; }
    public bool IsModerator { get; init; }

    public bool IsRemoved => RemovedAt is not null;
    public UserRef Ref => new(UserKey, UserId);

    /// <param name="hiddenWords">They are stored apart; null leaves them out.</param>
    public Settings Settings(IReadOnlyList<string>? hiddenWords) => new()
    {
        MessagingPolicy = MessagingPolicy,
        SendSeenReceipts = SendSeenReceipts,
        ShowPresence = ShowPresence,
        HiddenWords = hiddenWords,
        MinAccountAgeDays = MinAgeDays,
        PushContent = PushContent,
    };
}
