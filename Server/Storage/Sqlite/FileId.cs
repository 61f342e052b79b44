using System.Runtime.InteropServices;
using System.Text;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>Which file a path names. .NET itself does not read inode numbers.</summary>
internal static class FileId
{
    /// <summary>The path names no file.</summary>
    public const long None = 0;

    private const int CurrentFolder = -100; // AT_FDCWD, not looked at where the path is absolute
    private const uint InodeWanted = 0x100; // STATX_INO

    /// <summary>
    /// On Linux its inode number: one folder's files have one device. Elsewhere 1 of any file, so that one put in another's place is not
    /// noticed.
    /// </summary>
    public static long Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? 1 : None;
        return GetStatus(CurrentFolder, in Encoding.UTF8.GetBytes($"{path}\0")[0], flags: 0, InodeWanted, out var status) == 0 ? status.Inode : None;
    }

    [DllImport("libc", EntryPoint = "statx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(int folder, in byte path, int flags, uint wanted, out Status status);

    // struct statx of the kernel, the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(32)]
        public long Inode;
    }
}
