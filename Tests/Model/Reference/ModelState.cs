using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>A user, with all that the contract lets anybody know or decide of them.</summary>
internal sealed class ModelUser(int index, string id, string username, string displayName, DateOnly? birthDate)
{
    public int Index => index;
    public string Id => id;
    public string Username => username;
    public string DisplayName { get; set; } = displayName;
    public string? Bio { get; set; }
    public DateOnly? BirthDate { get; set; } = birthDate;
    public bool IsVerified { get; set; }
    public Settings Settings { get; set; } = new() { HiddenWords = [] };
    public bool IsRemoved { get; set; }
    public ModelBan? Ban { get; set; }
    public long Version { get; set; }
    public Dictionary<ModelUser, DateTimeOffset> Follows { get; } = [];
    public Dictionary<ModelUser, DateTimeOffset> Blocks { get; } = [];

    /// <summary>Since when the account exists; null where the host does not say.</summary>
    public DateTimeOffset? JoinedAt { get; set; }
    public Dictionary<string, ModelKey> Keys { get; } = [];

    /// <summary>When this user added something to a report.</summary>
    public List<DateTimeOffset> ReportedAt { get; } = [];

    public bool IsOff => Settings.MessagingPolicy == MessagingPolicy.Nobody;
}

internal sealed record ModelBan(DateTimeOffset BannedAt, DateTimeOffset? Until, string? Reason);

/// <summary>What a clientId was used for, and what came of it.</summary>
internal sealed record ModelKey(DateTimeOffset UsedAt, string Target, string Text, ModelRequest? Request, ModelMessage? Message, ModelRequest? Crossed = null)
{
    /// <summary>Edited or removed: the text that was sent is not compared any more.</summary>
    public bool IsTextChanged => (Message ?? Request?.Message) is { IsTextChanged: true };
}

/// <summary>The recipient's list that holds a request.</summary>
internal enum Entry
{
    /// <summary>None: ended, deleted after acceptance, or never shown because its chat opened at once.</summary>
    None,
    Main,
    Filtered,

    /// <summary>Turned down, and still waiting for its sender.</summary>
    Deleted,
    Accepted,

    /// <summary>The recipient sees nothing of it.</summary>
    Suppressed,
}

/// <summary>The numbers of section 7.</summary>
internal sealed record ModelLimits(int RequestsPerDay = 20, int NewAccountRequestsPerDay = 5, int RequestsReceivedPerDay = 200);

internal sealed class ModelRequest(string id, ModelUser sender, ModelUser recipient, string text, string clientId, DateTimeOffset sentAt)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    public string Id => id;
    public ModelUser Sender => sender;
    public ModelUser Recipient => recipient;
    public string Text => text;
    public string ClientId => clientId;
    public DateTimeOffset SentAt => sentAt;
    public DateTimeOffset ExpiresAt => sentAt + Life;
    public RequestState State { get; set; }
    public Entry Entry { get; set; }

    /// <summary>Main or filtered; where it never reached the recipient: none.</summary>
    public Entry ArrivedIn { get; set; }

    /// <summary>The recipient has had it in a list.</summary>
    public bool HasReached { get; set; }

    /// <summary>The sender's account was younger than 30 days.</summary>
    public bool IsFromNewAccount { get; init; }
    public DateTimeOffset? DeletedAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public ModelChat? Chat { get; set; }

    /// <summary>The message that it became.</summary>
    public ModelMessage? Message { get; set; }

    /// <summary>Whether it counts for the day.</summary>
    public bool Counts { get; init; }
    public long SenderStamp { get; set; }
    public long RecipientStamp { get; set; }
}

internal sealed class ModelChat(string id, ModelUser first, ModelUser second, DateTimeOffset openedAt)
{
    public string Id => id;
    public List<ModelMessage> Messages { get; } = [];
    public long LastChange { get; set; }
    public ModelSide[] Sides { get; } = [new(first, openedAt), new(second, openedAt)];

    public bool Has(ModelUser user) => user == first || user == second;

    public ModelSide Of(ModelUser user) => Sides[user == first ? 0 : 1];

    public ModelUser Peer(ModelUser user) => user == first ? second : first;

    public long Unread(ModelUser user) => Messages.Count(m => m.Sender != user && m.Seq > Of(user).SeenSeq);
}

/// <summary>A chat as one of its two has it.</summary>
internal sealed class ModelSide(ModelUser user, DateTimeOffset openedAt)
{
    public ModelUser User => user;

    /// <summary>An empty chat exists for its opener alone.</summary>
    public bool IsVisible { get; set; }
    public DateTimeOffset OpenedAt { get; set; } = openedAt;
    public long SeenSeq { get; set; }

    /// <summary>As far as the peer may know.</summary>
    public long ShownSeq { get; set; }
    public DateTimeOffset UpdatedAt { get; set; } = openedAt;
    public DateTimeOffset? SeenAt { get; set; }
    public long ClearedSeq { get; set; }

    /// <summary>What was cleared already at each clearing.</summary>
    public List<(long AfterSeq, DateTimeOffset At)> Clearings { get; } = [];
    public ReceiptSetting Receipts { get; set; }
    public DateTimeOffset? MutedUntil { get; set; }
    public bool IsArchived { get; set; }
    public bool IsPinned { get; set; }
    public long Stamp { get; set; }
}

internal sealed class ModelMessage(ModelChat chat, long seq, ModelUser sender, string clientId, string text, DateTimeOffset sentAt)
{
    public ModelChat Chat => chat;
    public long Seq => seq;
    public ModelUser Sender => sender;
    public string ClientId => clientId;
    public string Text { get; set; } = text;
    public DateTimeOffset SentAt => sentAt;
    public long? ReplyToSeq { get; init; }
    public long Change { get; set; }
    public DateTimeOffset? EditedAt { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }
    public Dictionary<ModelUser, string> Reactions { get; } = [];

    /// <summary>What it said before, and until when.</summary>
    public List<(string Text, DateTimeOffset ReplacedAt)> Earlier { get; } = [];

    public bool IsTextChanged => EditedAt is not null || RemovedAt is not null;
}
