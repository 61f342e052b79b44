namespace ChatHub.Server.Storage;

/// <summary>What names the users of a <see cref="LockScope"/>.</summary>
public enum LockScopeKind
{
    None,
    Database,
    UserKey,
    User,
    Users,
    Conversation,
    Request,
    RequestKey,
    Report,
    NewReport,
}
