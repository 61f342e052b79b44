namespace ChatHub.Server.Storage;

/// <summary>By what the users of a <see cref="LockScope"/> are named.</summary>
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
    Reports,
}
