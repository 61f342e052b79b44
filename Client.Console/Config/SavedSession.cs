using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Config;

/// <summary>
/// Who was signed in at a server, kept in the user's configuration folder for the next time. The file holds the access
/// token: its owner alone may read it.
/// </summary>
internal sealed class SavedSession
{
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

    /// <returns>Null when nobody is signed in, or not any more.</returns>
    public Contracts.Session? Load(DateTimeOffset now)
    {
        try
        {
            var session = JsonSerializer.Deserialize(File.ReadAllText(_file), ContractJson.Default.Session);
            return session?.ExpiresAt > now ? session : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Save(Contracts.Session session)
    {
        // Gone first: an existing file would keep whatever mode it has.
        Delete();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Folder();
        using var file = new FileStream(_file, options);
        JsonSerializer.Serialize(file, session, ContractJson.Default.Session);
    }

    public void Delete()
    {
        if (File.Exists(_file))
            File.Delete(_file);
    }

    private string Folder() => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(_folder).FullName
        : Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
