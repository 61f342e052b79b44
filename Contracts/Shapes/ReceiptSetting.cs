namespace ChatHub.Contracts;

/// <summary>Whether the peer of one chat learns that the user has seen their messages.</summary>
public enum ReceiptSetting
{
    /// <summary>As the user's settings say.</summary>
    Default,

    /// <summary>Receipts are sent; marks made before are not shown.</summary>
    On,

    /// <summary>No receipts are sent.</summary>
    Off,
}
