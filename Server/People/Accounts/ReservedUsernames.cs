namespace ChatHub.Server.People.Accounts;

/// <summary>Usernames that speak for the service. Accounts made here cannot have them; a directory's names are the host's own.</summary>
public static class ReservedUsernames
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "abuse", "admin", "administrator", "anonymous", "api", "billing", "bot", "chathub", "compliance", "contact", "deleted", "everyone",
        "feedback", "help", "helpdesk", "here", "hostmaster", "info", "legal", "mail", "me", "mod", "moderation", "moderator", "moderators",
        "news", "noreply", "notifications", "null", "official", "operator", "owner", "payments", "postmaster", "privacy", "removed", "removeduser",
        "root", "sales", "security", "service", "staff", "status", "superuser", "support", "sysadmin", "system", "team", "trust", "undefined",
        "unknown", "verification", "verified", "webmaster",
    };

    /// <param name="username">In lower case. <c>_</c> and <c>.</c> make no other name of it.</param>
    public static bool Contains(string username) =>
        Names.Contains(string.Concat(username.Where(char.IsAsciiLetterOrDigit)));
}
