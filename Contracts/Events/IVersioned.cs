namespace ChatHub.Contracts;

/// <summary>An event that is stored: it carries the receiver's next version and their badges.</summary>
public interface IVersioned
{
    /// <summary>1 more than the receiver's last; 0 in the result of a call that changed nothing.</summary>
    long Version { get; }

    /// <summary>The receiver's badges with this change.</summary>
    Badges Badges { get; }
}
