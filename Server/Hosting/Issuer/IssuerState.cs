namespace ChatHub.Server.Hosting.Issuer;

/// <summary>Whether tokens of the issuer can be checked.</summary>
public enum IssuerState
{
    /// <summary>Its keys were never read: no token can be checked.</summary>
    NeverRead,

    /// <summary>It could not be read the last time; the keys that it had hold.</summary>
    Away,

    Up,
}
