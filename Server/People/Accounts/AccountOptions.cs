namespace ChatHub.Server.People.Accounts;

/// <summary>The settings under <c>Auth</c> that concern built-in accounts.</summary>
public sealed class AccountOptions
{
    /// <summary>Who may sign up.</summary>
    public SignUpMode SignUp { get; set; }
}
