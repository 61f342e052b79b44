namespace ChatHub.Server.People.Accounts;

/// <summary>A session that an access token is to be issued for.</summary>
/// <param name="Person">Whose.</param>
/// <param name="SessionId">Named by the token.</param>
/// <param name="EndsAt">The token must not outlast it.</param>
/// <param name="Cookie">To be set as the refresh cookie; null where the one in use is to be kept, or there is none.</param>
/// <param name="CookieExpiresAt">When the cookie ends unless it is used.</param>
public sealed record SignedIn(PersonRow Person, string SessionId, DateTimeOffset EndsAt, string? Cookie, DateTimeOffset CookieExpiresAt);
