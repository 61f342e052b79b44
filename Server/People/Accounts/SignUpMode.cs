namespace ChatHub.Server.People.Accounts;

/// <summary>Who may sign up.</summary>
public enum SignUpMode
{
    Open,

    /// <summary>Who has a code of the host application.</summary>
    Invite,
    Closed,
}
