using System.Text.Json;
using ChatHub.Terminal.Input;

namespace ChatHub.Terminal.Config;

/// <summary>
/// The session of one profile at one server, in the user's configuration folder. The file contains secrets: only its owner
/// may read it.
/// </summary>
internal sealed class SessionFile
{
    private static readonly TimeSpan LockRetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _folder;
    private readonly string _file;

    /// <param name="configuration">The user's configuration folder.</param>
    /// <param name="server">Each server has its own session.</param>
    /// <param name="profile">Each profile has its own session.</param>
    public SessionFile(string configuration, Uri server, string profile = ConsoleOptions.DefaultProfile)
    {
        _folder = Path.Combine(configuration, "chathub", Uri.EscapeDataString(server.Authority), profile);
        _file = Path.Combine(_folder, "session.json");
    }

    /// <summary>The file of a user's unsent messages.</summary>
    public string OutboxOf(string userId) => Path.Combine(Folder(), $"outbox-{Uri.EscapeDataString(userId)}");

    /// <returns>Null when there is no session.</returns>
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

    /// <summary>Writes a new file and renames it: another window reads the old or the new one, and the mode is set at creation.</summary>
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

    public void Delete()
    {
        if (Directory.Exists(_folder))
            File.Delete(_file);
    }

    /// <summary>Locks the session against refreshes by other windows until the result is disposed.</summary>
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
                await Task.Delay(LockRetryInterval, time, cancellationToken);
            }
        }
    }

    private string Folder() => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(_folder).FullName
        : Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
