using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatHub.Terminal.Config;

/// <summary>What is kept of a session: the last access token, and the cookie that brings the next one.</summary>
internal sealed record StoredSession
{
    public required Contracts.Session Session { get; init; }

    /// <summary>The refresh cookie as <c>name=value</c>; null after signing up, or at a server with an issuer of its own.</summary>
    public string? Cookie { get; init; }

    /// <summary>Without the secrets, so that no log can hold them.</summary>
    public override string ToString() => $"StoredSession {{ Session = {Session} }}";
}

[JsonSerializable(typeof(StoredSession))]
internal sealed partial class StoredSessionJson : JsonSerializerContext;

/// <summary>
/// Who was signed in at a server, kept in the user's configuration folder for the next time. The file holds secrets: its
/// owner alone may read it.
/// </summary>
internal sealed class SavedSession
{
    private static readonly TimeSpan LockEvery = TimeSpan.FromMilliseconds(100);

    private readonly string _folder;
    private readonly string _file;

    /// <param name="configuration">The user's configuration folder.</param>
    /// <param name="server">Each server has its own session.</param>
    public SavedSession(string configuration, Uri server)
    {
        _folder = Path.Combine(configuration, "chathub", Uri.EscapeDataString(server.Authority));
        _file = Path.Combine(_folder, "session.json");
    }

    /// <summary>Where a user's messages wait to be sent.</summary>
    public string OutboxOf(string userId) => Path.Combine(Folder(), $"outbox-{Uri.EscapeDataString(userId)}");

    /// <returns>Null when nobody is signed in.</returns>
    public StoredSession? Load()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(_file), StoredSessionJson.Default.StoredSession);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A new file that takes the old one's place: another window reads one or the other, and the mode is its own.</summary>
    public void Save(StoredSession session)
    {
        var temporary = Path.Combine(Folder(), Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
            JsonSerializer.Serialize(file, session, StoredSessionJson.Default.StoredSession);
        File.Move(temporary, _file, overwrite: true);
    }

    public void Delete() => File.Delete(_file);

    /// <summary>Waits until no other window is renewing the session; until the result is disposed, none will.</summary>
    public async Task<IDisposable> LockAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Folder(), "session.lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LockEvery, time, cancellationToken);
            }
        }
    }

    private string Folder() => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(_folder).FullName
        : Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
