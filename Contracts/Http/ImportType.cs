namespace ChatHub.Contracts;

/// <summary>The kinds of import lines.</summary>
public enum ImportType
{
    /// <summary>A user.</summary>
    User,

    /// <summary>A follow.</summary>
    Follow,
}
