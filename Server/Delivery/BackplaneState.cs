namespace ChatHub.Server.Delivery;

/// <summary>Whether the other instances can be reached.</summary>
public enum BackplaneState
{
    /// <summary>There is one instance, and no backplane.</summary>
    None,

    Up,

    /// <summary>This instance serves alone until the backplane is back.</summary>
    Down,
}
