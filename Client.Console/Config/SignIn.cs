using System.Net;
using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Config;

/// <summary>
/// Signing in for longer than an access token lives. Windows of the same user share the file: a token that another one has
/// renewed is taken from there, and the cookie too, which is good for one use.
/// </summary>
internal sealed class SignIn : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _sessions;
    private readonly SavedSession _saved;
    private readonly TimeProvider _time;

    public SignIn(Uri server, SavedSession saved, TimeProvider time)
    {
        Server = new Uri($"{server.AbsoluteUri.TrimEnd('/')}/");
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = Server };
        _sessions = new Uri(Server, "api/sessions/");
        (_saved, _time) = (saved, time);
        Accounts = new ChatHubAccounts(_http);
        Current = saved.Load() is { } stored && (stored.Cookie is not null || stored.Session.ExpiresAt > time.GetUtcNow()) ? stored.Session : null;
    }

    /// <summary>With a slash at the end.</summary>
    public Uri Server { get; }

    public ChatHubAccounts Accounts { get; }

    /// <summary>Whoever is signed in; the access token may have expired.</summary>
    public Contracts.Session? Current { get; private set; }

    /// <summary>Signed in, and for the next time as well.</summary>
    public void Keep(Contracts.Session session)
    {
        Current = session;
        _saved.Save(new() { Session = session, Cookie = _cookies.GetCookieHeader(_sessions) is { Length: > 0 } cookie ? cookie : null });
    }

    /// <summary>A new access token, after the server has refused the present one.</summary>
    /// <exception cref="ChatHubException"><c>unauthenticated</c>: signed out, or not used for too long.</exception>
    public async ValueTask<string?> RenewAsync(CancellationToken cancellationToken)
    {
        using var alone = await _saved.LockAsync(_time, cancellationToken);
        var stored = _saved.Load();
        if (stored is not null && IsNewer(stored.Session))
        {
            Current = stored.Session;
        }
        else
        {
            Take(stored?.Cookie);
            Keep(await Accounts.RefreshAsync(cancellationToken));
        }

        return Current?.AccessToken;
    }

    /// <summary>Here at once; at the server if it can be reached.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        Take(_saved.Load()?.Cookie);
        Forget();
        try
        {
            await Accounts.SignOutAsync(cancellationToken);
        }
        catch (ChatHubUnreachableException)
        {
            // The cookie is gone from here, and runs out there.
        }
    }

    public void Forget()
    {
        Current = null;
        _saved.Delete();
    }

    public void Dispose() => _http.Dispose();

    private bool IsNewer(Contracts.Session stored) =>
        stored.User.UserId == Current?.User.UserId && stored.AccessToken != Current.AccessToken && stored.ExpiresAt > _time.GetUtcNow();

    private void Take(string? cookie)
    {
        if (cookie is not null)
            _cookies.SetCookies(_sessions, $"{cookie}; path={_sessions.AbsolutePath.TrimEnd('/')}");
    }
}
