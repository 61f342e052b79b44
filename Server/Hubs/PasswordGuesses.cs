using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hubs;

/// <summary>Counts passwords that are tried, wherever they are: signing in, changing the password, erasing the account.</summary>
public sealed class PasswordGuesses(RateLimits limits, PasswordService passwords)
{
    /// <param name="http">Where from.</param>
    /// <param name="name">Whose, as usernames are compared.</param>
    /// <param name="verify">Throws invalid_credentials.</param>
    public async Task<T> TryAsync<T>(HttpContext http, string name, Func<Task<T>> verify)
    {
        ArgumentNullException.ThrowIfNull(verify);
        var address = ClientAddress.LimitKey(http);
        limits.Guess(address, name);
        try
        {
            var verified = await verify();
            limits.GuessSucceeded(address, name);
            return verified;
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.InvalidCredentials)
        {
            limits.GuessFailed(address, name);
            throw;
        }
    }

    /// <summary>The same of a signed-in user.</summary>
    public async Task TryAsync(HttpContext http, UserRef user, Func<Task> verify)
    {
        ArgumentNullException.ThrowIfNull(http);
        var name = await passwords.UsernameAsync(user, http.RequestAborted) ?? throw Errors.Unauthenticated();
        await TryAsync(http, Usernames.TryKey(name) ?? name, async () =>
        {
            await verify();
            return true;
        });
    }
}
