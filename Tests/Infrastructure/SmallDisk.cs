using System.Diagnostics;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A file system of a few megabytes (tmpfs), to be filled. Where it may not be mounted, its test is skipped.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    public SmallDisk(int megabytes)
    {
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder.FullName))
            return;
        _folder.Dispose();
        Assert.Skip("A tmpfs cannot be mounted here: that needs root.");
    }

    private string Filler => _folder.File("filler");

    public string File(string name) => _folder.File(name);

    /// <summary>Not one byte is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var block = new byte[4096]; ;)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => System.IO.File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "-l", _folder.FullName);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
