using System.Net;
using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Config;

/// <summary>
/// A session that outlives an access token. Windows of the same profile share the file: a token that another window has
/// refreshed is taken from there, and so is the cookie, which can be used once.
/// </summary>
internal sealed class SignIn : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _sessions;
    private readonly SessionFile _file;
    private readonly TimeProvider _time;

    public SignIn(Uri server, SessionFile file, TimeProvider time)
    {
        Server = new Uri($"{server.AbsoluteUri.TrimEnd('/')}/");
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = Server };
        _sessions = new Uri(Server, "api/sessions/");
        (_file, _time) = (file, time);
        Accounts = new ChatHubAccounts(_http);
        Current = file.Load() is { } stored && (stored.Cookie is not null || stored.Session.ExpiresAt > time.GetUtcNow()) ? stored.Session : null;
    }

    /// <summary>With a slash at the end.</summary>
    public Uri Server { get; }

    public ChatHubAccounts Accounts { get; }

    /// <summary>The current session; its access token may have expired.</summary>
    public Contracts.Session? Current { get; private set; }

    /// <summary>Sets the current session, and stores it for the next run.</summary>
    public void Keep(Contracts.Session session)
    {
        Current = session;
        _file.Save(new() { Session = session, Cookie = _cookies.GetCookieHeader(_sessions) is { Length: > 0 } cookie ? cookie : null });
    }

    /// <summary>Sets the current session for this run only.</summary>
    public void Use(Contracts.Session session) => Current = session;

    /// <summary>Returns a new access token, after the server refused the current one.</summary>
    /// <exception cref="ChatHubException"><c>unauthenticated</c>: the session has ended or expired.</exception>
    public async ValueTask<string?> RenewAsync(CancellationToken cancellationToken)
    {
        using var locked = await _file.LockAsync(_time, cancellationToken);
        var stored = _file.Load();
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

    /// <summary>Deletes the session here, and at the server if it can be reached.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        Take(_file.Load()?.Cookie);
        Forget();
        try
        {
            await Accounts.SignOutAsync(cancellationToken);
        }
        catch (ChatHubUnreachableException)
        {
            // The cookie is deleted here; at the server it expires.
        }
    }

    public void Forget()
    {
        Current = null;
        _file.Delete();
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
