using System.Security.Cryptography;
using System.Text;
using ChatHub.Server.Storage;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>The key that signs access tokens: from the settings, or made once and kept beside the embedded database.</summary>
public static class SigningKey
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="configured"><c>Auth:SigningKey</c>.</param>
    /// <param name="databasePath">The embedded database's file.</param>
    public static SymmetricSecurityKey Load(string configured, string databasePath)
    {
        var text = configured.Length > 0 ? configured : ReadOrMake(PathOf(databasePath));
        return text.Length >= AuthOptions.ShortestKey
            ? new(Encoding.UTF8.GetBytes(text))
            : throw new StorageException($"The signing key must have {AuthOptions.ShortestKey} or more characters.");
    }

    /// <summary>
    /// The database is created first and the key after it. A key without its database means that the database was moved, or
    /// that the path is wrong: a new one would be empty, and everything would seem lost.
    /// </summary>
    /// <exception cref="StorageException">The key is there and its database is not.</exception>
    public static void RequireDatabase(string databasePath)
    {
        var keyPath = PathOf(databasePath);
        if (File.Exists(keyPath) && !File.Exists(databasePath))
        {
            throw new StorageException(
                $"The key {keyPath} is there and its database {databasePath} is not: put the database back, correct Storage:ConnectionString, or delete the key to begin with an empty database.");
        }
    }

    private static string PathOf(string databasePath) => Path.ChangeExtension(databasePath, ".key");

    private static string ReadOrMake(string path)
    {
        if (!File.Exists(path))
            Make(path);
        return File.ReadAllText(path).Trim();
    }

    /// <summary>Written aside and then linked into place, so that two processes starting at once end with one key.</summary>
    private static void Make(string path)
    {
        var aside = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(aside, options))
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The other process was first: its key is the one.
            File.Delete(aside);
        }
    }
}
